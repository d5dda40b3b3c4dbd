import { type Micros, millis } from '../../base/index.ts';
import { time } from '../words.ts';
import type { Surprise } from './surprise.ts';

/** swarmkit manager/scheduler/scheduler.go, commitDebounceGap. */
const GAP: Micros = millis(50);

export const schedulerHeldUp: Surprise = {
  code: 'scheduler-held-up',
  rule: 'The scheduler waits until nothing has been written for 50 ms, for one second at most, whatever it is that is written: a busy swarm starts tasks later.',
  recognise({ name, tasks }, { records }) {
    const waited = tasks.find(
      ({ createdAt, placedAt }) =>
        placedAt !== undefined && placedAt - createdAt >= LONG && placedAt - createdAt <= LONGEST,
    );
    if (!waited) return undefined;
    const { createdAt, placedAt = 0 } = waited;
    const writes = records.filter(({ at, kind }) => at >= createdAt && at <= placedAt && WRITTEN.test(kind));
    const isHeldUp = writes.every(({ at }, index) => at - (writes[index - 1]?.at ?? createdAt) <= GAP);
    return isHeldUp
      ? {
          at: placedAt,
          text: `a task of ${name} waited ${time(placedAt - createdAt)} for the scheduler, because something was written all the time`,
        }
      : undefined;
  },
};

const LONG: Micros = millis(500);
/** A second since the first write, and what is written then. */
const LONGEST: Micros = millis(1_100);

/** What of the trace is something that a leader has written. */
const WRITTEN = /^(task|service|update|node|cluster)\./;
