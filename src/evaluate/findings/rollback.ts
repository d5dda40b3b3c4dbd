import { minutes, nanosOf, seconds } from '../../base/index.ts';
import { rolledBack } from '../check/battery.ts';
import { isTooFew } from '../check/outcomes.ts';
import { type FindingRule, override, type Settings, settingsText } from '../check/rule.ts';
import type { Subject } from '../check/subject.ts';
import { lowestFrom } from '../check/timeline.ts';
import { setting, time } from '../words.ts';

const TOO_LONG = minutes(5);
const WATCH = nanosOf(minutes(1));
const SECOND = nanosOf(seconds(1));

export const rollback: FindingRule = {
  code: 'rollback',
  question: 'Q13',
  rule: 'A rollback is an update to the previous specification under rollback_config, which has defaults of its own: one slot at a time, stop-first.',
  find(subject) {
    const rollout = subject.rollout(rolledBack);
    const { wanted } = rollout.result;
    const statuses = rollout.swarm.trace.records.flatMap((record) =>
      record.kind === 'update.changed' && record.name === rollout.result.service && record.at > rollout.deployedAt
        ? [record]
        : [],
    );
    const started = statuses.find(({ state }) => state === 'rollback_started');
    const ended = statuses.find(({ state }) => state === 'rollback_completed');
    if (!started || !ended || wanted < 2) return undefined;
    const took = ended.at - started.at;
    const lowest = lowestFrom(rollout, started.at);
    const isShort = isTooFew(lowest, wanted);
    const left = lowest === 0 ? 'nothing runs' : `at least ${lowest} run`;
    const message = `Taking all ${wanted} tasks back takes ${time(took)}, and ${left} meanwhile.`;
    if (!isShort && took <= TOO_LONG) return { severity: 'fine', message, shownBy: rolledBack };
    const changes = betterRollback(subject, wanted, { isShort, isSlow: took > TOO_LONG });
    const text = `rollback_config with ${settingsText(changes)}`;
    return {
      severity: lowest === 0 ? 'problem' : 'warning',
      message,
      at: ['deploy', 'rollback_config'],
      ...(Object.keys(changes).length > 0 && {
        fix: override(subject, text, { deploy: { rollback_config: changes } }),
      }),
      shownBy: rolledBack,
    };
  },
};

/** A third at a time, and without what else takes so long; nothing where all of it is the time that tasks take to start. */
function betterRollback(
  { rollback: { delay, monitor, parallelism } }: Subject,
  wanted: number,
  { isShort, isSlow }: { readonly isShort: boolean; readonly isSlow: boolean },
): Settings {
  const third = Math.max(1, Math.floor(wanted / 3));
  return {
    ...((isShort || (parallelism > 0 && parallelism < third)) && { parallelism: third }),
    // A zero would not override what is there.
    ...(isSlow && delay > SECOND && { delay: '1s' }),
    ...(isSlow && monitor > WATCH && { monitor: setting(WATCH) }),
  };
}
