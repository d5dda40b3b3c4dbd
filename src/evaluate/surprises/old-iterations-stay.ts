import { count } from '../words.ts';
import type { Surprise } from './surprise.ts';

export const oldIterationsStay: Surprise = {
  code: 'old-iterations-stay',
  rule: 'Every update of a job runs it again; of a replicated job the finished tasks of earlier runs are kept for ever, whatever the task history limit, those of a global job are removed.',
  recognise({ name, tasks, removedAt }) {
    if (removedAt !== undefined) return undefined;
    const newest = Math.max(...tasks.map(({ version }) => version));
    const left = tasks.filter(
      ({ isOfJob, isRemoved, version, end }) => isOfJob && !isRemoved && version < newest && end?.state === 'COMPLETE',
    );
    if (left.length === 0) return undefined;
    return {
      at: tasks.find(({ version }) => version === newest)!.createdAt,
      text: `the job ${name} was run again, and ${count(left.length, 'finished task')} of earlier runs ${left.length === 1 ? 'stays' : 'stay'} for good`,
    };
  },
};
