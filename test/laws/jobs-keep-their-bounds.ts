import { TaskState } from '../../src/api/index.ts';
import type { Law } from '../../src/fast-check/laws/swarm/law.ts';
import { byServiceId, type ReadView } from '../../src/store/index.ts';

/** Counted are the tasks of the present iteration; what is left of earlier ones is on its way out. */
export const jobsKeepTheirBounds: Law = {
  sentence: 'at most max-concurrent tasks unfinished at once, total-completions in all',
  watch: () => ({
    committed: ({ changes, view }) => (changes.some(({ table }) => table === 'tasks') ? breaches(view) : []),
  }),
};

function breaches(view: ReadView): string[] {
  return view.services.all().flatMap(({ id, spec, jobStatus }) => {
    if (spec.mode.kind !== 'replicated-job') return [];
    const { maxConcurrent, totalCompletions } = spec.mode;
    const tasks = view.tasks.find(byServiceId(id)).filter((task) => task.jobIteration === jobStatus?.jobIteration);
    const complete = tasks.filter(({ status }) => status.state === TaskState.COMPLETE).length;
    const unfinished = tasks.filter(
      ({ status, desiredState }) => status.state !== TaskState.COMPLETE && desiredState <= TaskState.COMPLETE,
    ).length;
    return [
      ...(unfinished > maxConcurrent ? [`${spec.name} has ${unfinished} unfinished tasks of ${maxConcurrent}`] : []),
      ...(complete + unfinished > totalCompletions
        ? [`${spec.name} has ${complete} complete and ${unfinished} unfinished tasks of ${totalCompletions}`]
        : []),
    ];
  });
}
