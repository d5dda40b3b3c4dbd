/** Whether a run depends on its seed alone. */
import { DryswarmError } from '../base/index.ts';
import { firstDifference, type RecordHeader } from '../sim/index.ts';
import { formatInstant } from './describe.ts';

/** A run that has ended: a swarm, or whatever else keeps a trace. */
export interface TracedRun {
  readonly trace: {
    readonly enabled: boolean;
    readonly records: readonly RecordHeader<string>[];
    readonly hash: string | undefined;
  };
}

/**
 * Makes the same run twice and compares what was recorded. A run that is not the same each time takes something from
 * outside: a clock, `Math.random`, the environment, or what the run before it has left behind.
 *
 * @param run Makes everything anew, and returns the swarm.
 * @throws DryswarmError (`not-deterministic`) with the first record that differs, (`nothing-to-compare`) where the trace is off.
 *
 * @example
 * checkDeterminism(() => {
 *   const swarm = createSwarm({ managers: 1, workers: 2, seed: 7 });
 *   swarm.services.create({ name: 'web', image: 'web:v1', replicas: 3 });
 *   swarm.runUntilSettled();
 *   return swarm;
 * });
 */
export function checkDeterminism(run: () => TracedRun): void {
  const [one, other] = [run().trace, run().trace];
  if (!one.enabled || !other.enabled) {
    throw new DryswarmError('nothing-to-compare', 'the run kept no trace', "leave the option 'trace' out");
  }
  const difference = firstDifference(one.records, other.records);
  if (difference === undefined && one.hash === other.hash) return;
  const lines =
    difference === undefined
      ? [`the first time the hash of all records was ${one.hash}`, `the second time it was ${other.hash}`]
      : [`the first time:  ${textOf(difference.left)}`, `the second time: ${textOf(difference.right)}`];
  const where = difference === undefined ? '' : `, first in record ${difference.index + 1}`;
  throw new DryswarmError(
    'not-deterministic',
    `two runs differ${where}\n${lines.map((line) => `  ${line}`).join('\n')}`,
    'take chance from the seed, and time from the swarm',
  );
}

function textOf(record: RecordHeader<string> | undefined): string {
  if (record === undefined) return 'nothing more';
  const { seq: _, at, by, kind, because: __, ...payload } = record;
  return `${formatInstant(at)} ${by} ${kind} ${JSON.stringify(payload)}`;
}
