/** What the threads of a {@link onWorkers} share. */
import type { Run } from './rehearsal.ts';
import type { Plan } from './run-many.ts';

export interface WorkerData {
  readonly plan: Plan;
  readonly total: number;
  /** One counter: the number of the next rehearsal that nobody has taken. */
  readonly taken: Int32Array;
}

export interface Done {
  readonly number: number;
  readonly run: Run;
}

/** Takes the next rehearsal; undefined when all are taken. */
export function take({ taken, total }: Pick<WorkerData, 'taken' | 'total'>): number | undefined {
  const number = Atomics.add(taken, 0, 1);
  return number < total ? number : undefined;
}
