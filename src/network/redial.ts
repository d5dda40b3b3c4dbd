import { type Micros, seconds } from '../base/index.ts';

/** An attempt to connect that gets no answer is given up after this long (grpc clientconn.go, minConnectTimeout). */
export const DIAL_LIMIT: Micros = seconds(20);

const FIRST_PAUSE = seconds(1);
const GROWTH = 1.6;
/** The limit that swarmkit sets (swarmkit manager/state/raft/transport/transport.go, dial). */
const LONGEST_PAUSE = seconds(8);
const SPREAD_RATIO = 0.2;

/**
 * How long to wait after an attempt to connect has failed, `earlier` having failed before it; `draw` is a number in
 * [0, 1) (grpc internal/backoff/backoff.go). The spread is put on after the limit, so up to 9.6 s.
 */
export function redialPause(earlier: number, draw: number): Micros {
  if (earlier === 0) return FIRST_PAUSE;
  let pause = FIRST_PAUSE;
  for (let failure = 0; failure < earlier && pause < LONGEST_PAUSE; failure += 1) pause *= GROWTH;
  return Math.round(Math.min(pause, LONGEST_PAUSE) * (1 + SPREAD_RATIO * (2 * draw - 1)));
}
