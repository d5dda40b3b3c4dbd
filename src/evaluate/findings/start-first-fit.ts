import { good } from '../check/battery.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';
import type { Subject } from '../check/subject.ts';
import { assumptionBehind, waitingTask } from '../check/waiting.ts';

export const startFirstFit: FindingRule = {
  code: 'start-first-fit',
  question: 'Q10',
  rule: 'With start-first the new task has to find room beside the old one, and an update waits for a new task to run without any time limit.',
  find(subject) {
    if (subject.update.order !== 'start-first') return undefined;
    const rollout = subject.rollout(good);
    if (rollout.result.outcome !== 'stuck') {
      if (obstacle(subject) === undefined) return undefined;
      return { severity: 'fine', message: 'Every new task finds room beside the old one.', shownBy: good };
    }
    const waits = waitingTask(rollout);
    const why = obstacle(subject) ?? waits ?? 'no new task runs';
    return {
      severity: 'problem',
      message: `start-first cannot work here: ${why}. The update stays "updating" for ever, and nothing counts as a failure.${assumptionBehind(subject, waits)}`,
      at: ['deploy', 'update_config', 'order'],
      fix: overrideUpdate(subject, { order: 'stop-first' }),
      shownBy: good,
    };
  },
};

/** What may keep a second task from starting beside the first. */
function obstacle({ hostPort, spec }: Subject): string | undefined {
  if (hostPort !== undefined) return `the old task holds port ${hostPort} until it stops`;
  const { placement, resources } = spec.task;
  if (placement?.maxReplicas) return `each node is full with max_replicas_per_node: ${placement.maxReplicas}`;
  if (resources?.reservations) return 'what the tasks reserve leaves no room on any node';
  return undefined;
}
