/** What a process prints. */
import { durationOf } from '../../api/index.ts';
import { DryswarmError, type DurationInput, type Micros, microsOf } from '../../base/index.ts';
import type { Distribution } from '../../sim/index.ts';
import type { LogLine } from '../engine/workload.ts';
import { defineBehaviour, draw } from './behaviour.ts';
import { distributionOf, type UncertainDuration } from './duration.ts';

/** A line that is printed when the process starts, or one with its time; or several of them. */
export type LogInput = LogLineInput | readonly LogLineInput[];

export type LogLineInput =
  | string
  | {
      readonly line: string;
      /** Since the process runs. Default: 0, or `every`. */
      readonly after?: UncertainDuration;
      /** It is printed again and again. More than 0. */
      readonly every?: DurationInput;
      /** Default `stdout`. */
      readonly stream?: 'stdout' | 'stderr';
    };

/** A line that has not been drawn yet. */
interface Written extends Omit<LogLine, 'after'> {
  readonly after: Distribution;
}

export const log = defineBehaviour({
  name: 'log',
  read: (input: LogInput) => (isList(input) ? input : [input]).map(written),
  run: (lines, made, subject) => ({
    ...made,
    log: lines.map((line, index) => ({ ...line, after: draw(line.after, subject, `log/${index}`) })),
  }),
});

function written(input: LogLineInput): Written {
  const { line, after, every, stream = 'stdout' } = typeof input === 'string' ? { line: input } : input;
  const period = every === undefined ? undefined : periodOf(every);
  return {
    text: line,
    stream,
    after: after === undefined ? { kind: 'fixed', value: period ?? 0 } : distributionOf(after),
    ...(period !== undefined && { every: period }),
  };
}

function periodOf(every: DurationInput): Micros {
  const period = durationOf(every);
  if (period > 0) return Math.max(1, microsOf(period));
  throw new DryswarmError('invalid-duration', `a line cannot be printed every ${every}`, 'give a duration above 0');
}

function isList(input: LogInput): input is readonly LogLineInput[] {
  return Array.isArray(input);
}
