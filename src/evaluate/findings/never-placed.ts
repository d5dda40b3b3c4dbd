import { firstIsGood } from '../check/battery.ts';
import type { Rollout } from '../check/rollout.ts';
import { type FindingRule, type Found, override } from '../check/rule.ts';
import type { Subject } from '../check/subject.ts';
import { runningAtEnd } from '../check/timeline.ts';
import { assumptionBehind, refusal, waitingCount, waitingTask } from '../check/waiting.ts';
import { count, time } from '../words.ts';

export const neverPlaced: FindingRule = {
  code: 'never-placed',
  question: 'Q25',
  rule: 'A task for which no node passes every filter waits, and is looked at again when something changes; no time limit ends that.',
  find(subject) {
    const rollout = subject.rollout(firstIsGood);
    const waiting = waitingCount(rollout);
    if (waiting === 0) return unableToRun(subject, rollout, refusal(rollout));
    const running = runningAtEnd(rollout);
    const why = waitingTask(rollout);
    return {
      severity: 'problem',
      message: `${count(waiting, 'task')} of ${running + waiting} never ${waiting === 1 ? 'finds' : 'find'} a node: ${why}.${assumptionBehind(subject, why)}`,
      at: ['deploy', subject.spec.task.placement ? 'placement' : 'resources'],
      ...(running > 0 &&
        subject.replicas !== undefined && {
          fix: override(subject, `replicas: ${running}`, { deploy: { replicas: running } }),
        }),
      shownBy: firstIsGood,
    };
  },
};

/** Every node takes it, and none gets it to run: then nothing else can be asked. */
function unableToRun(
  subject: Subject,
  { result, swarm, deployedAt }: Rollout,
  why: string | undefined,
): Found | undefined {
  if (result.atRest || swarm.service(result.service).running > 0) return undefined;
  const found = { severity: 'problem', shownBy: firstIsGood } as const;
  if (why !== undefined) {
    const message = `No task ever runs, however good its image is: each is rejected by its node: ${why}.`;
    return { ...found, message, at: [] };
  }
  const [how = ''] = subject.spec.task.container.healthcheck?.test ?? [];
  const isProbed = PROBES.includes(how);
  const reason = isProbed
    ? ''
    : ` The test of its health check begins with ${JSON.stringify(how)}, and so it is never run.`;
  return {
    ...found,
    message: `No task ever runs, however good its image is: all are still starting after ${time(swarm.now - deployedAt)}.${reason}`,
    at: isProbed ? ['healthcheck'] : ['healthcheck', 'test'],
    ...(!isProbed && { fix: { text: 'begin the test with CMD or CMD-SHELL, or write it as one text' } }),
  };
}

/** What a test may begin with for the engine to run it. (moby daemon/health.go, getProbe) */
const PROBES: readonly string[] = ['CMD', 'CMD-SHELL', 'NONE', ''];
