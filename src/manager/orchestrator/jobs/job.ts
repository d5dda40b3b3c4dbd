import type { Service } from '../../../api/index.ts';

/** One sub-change of a job's reconciliation. */
export type JobItem =
  | { readonly create: number; readonly nodeId: string }
  | { readonly task: string; readonly to: 'restart' | 'remove' | 'shut down' };

/** Every update of a job starts a new iteration: all its tasks run again. */
export function jobIterationOf(service: Service): number {
  return service.jobStatus?.jobIteration ?? 0;
}
