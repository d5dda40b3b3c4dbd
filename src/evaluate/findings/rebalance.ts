import { nodeReturns } from '../check/battery.ts';
import type { StackRule } from '../check/rule.ts';
import { tasksPerNode } from '../check/timeline.ts';

export const rebalance: StackRule = {
  code: 'rebalance',
  question: 'Q16',
  rule: 'Running tasks are never moved to make loads even; only an update, forced if need be, places tasks anew.',
  find(subjects) {
    const candidates = subjects.filter(({ replicas = 0 }) => replicas > 1);
    const [subject] = candidates.sort((a, b) => b.replicas! - a.replicas!);
    if (!subject) return undefined;
    const loads = tasksPerNode(subject.rollout(nodeReturns));
    const emptiest = Math.min(...loads.values());
    if (emptiest > 0) return undefined;
    return {
      subject,
      severity: 'fine',
      message: `A node that was away for two minutes stays without tasks of ${subject.name} (${[...loads.values()].join(', ')} per node) until an update; \`docker service update --force\` is one, and replaces every task.`,
      shownBy: nodeReturns,
    };
  },
};
