import { stopsCleanly } from '../check/battery.ts';
import { type FindingRule, override } from '../check/rule.ts';
import { runningAtEnd } from '../check/timeline.ts';

export const cleanExit: FindingRule = {
  code: 'clean-exit',
  question: 'Q25',
  rule: 'An unhealthy container is stopped; if its process then exits with 0 its task is complete, not failed, and condition `on-failure` restarts failed tasks only.',
  find(subject) {
    if (!subject.hasHealthCheck || subject.restart.condition !== 'on-failure') return undefined;
    const rollout = subject.rollout(stopsCleanly);
    const running = runningAtEnd(rollout);
    const { wanted } = rollout.result;
    if (running >= wanted) return undefined;
    return {
      severity: 'warning',
      message: `A container that turns unhealthy and exits with 0 when it is told to stop is not restarted: ${running} of ${wanted} tasks run after each has been unhealthy once.`,
      at: ['deploy', 'restart_policy', 'condition'],
      fix: override(subject, 'condition: any', { deploy: { restart_policy: { condition: 'any' } } }),
      shownBy: stopsCleanly,
    };
  },
};
