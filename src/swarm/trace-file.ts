/** A trace as text, to be kept and looked at later: a line of JSON about the run, and one for each record. */
import { DryswarmError, type Instant } from '../base/index.ts';
import type { Seed } from '../sim/index.ts';
import type { SwarmRecord } from './describe.ts';
import type { ObservedSwarm } from './observed.ts';

export interface TraceFile {
  /** What the run was about, such as the name of a test. */
  readonly title: string;
  readonly seed: Seed;
  /** When the run ended. */
  readonly until: Instant;
  readonly records: readonly SwarmRecord[];
}

const FORMAT = 'dryswarm-trace';
const VERSION = 1;

/** What the trace of a swarm keeps, as the text of a file that `dryswarm show` opens. */
export function traceFileOf({ now, seed, trace }: ObservedSwarm, title: string): string {
  const header = { format: FORMAT, version: VERSION, title, seed, until: now };
  return [header, ...trace.records].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** @throws DryswarmError (`invalid-trace`) for text that {@link traceFileOf} has not written. */
export function readTraceFile(text: string): TraceFile {
  const [header, ...records] = text
    .split('\n')
    .filter((line) => line !== '')
    .map(parse);
  if (header?.format !== FORMAT) throw new DryswarmError('invalid-trace', 'this is not a trace of dryswarm');
  if (header.version !== VERSION) {
    throw new DryswarmError('invalid-trace', `this is a trace of version ${header.version}, and not of ${VERSION}`);
  }
  const { title, seed, until } = header as unknown as Omit<TraceFile, 'records'>;
  return { title, seed, until, records: records as unknown as SwarmRecord[] };
}

function parse(line: string, index: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, as for a value that is none.
  }
  throw new DryswarmError('invalid-trace', `line ${index + 1} is not a record: the file is damaged, or no trace`);
}
