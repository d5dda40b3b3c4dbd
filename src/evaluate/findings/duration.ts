import { hours, microsOf, nanosOf, seconds } from '../../base/index.ts';
import { good } from '../check/battery.ts';
import { type FindingRule, overrideUpdate } from '../check/rule.ts';
import { setting, time } from '../words.ts';

const TOO_LONG = hours(1);

export const duration: FindingRule = {
  code: 'duration',
  question: 'Q3',
  rule: 'Each slot takes a start, a stop and the delay, also the last one; then the update is watched for the monitor period, or for the delay and a second if that is not shorter.',
  find(subject) {
    const { duration: taken, wanted } = subject.rollout(good).result;
    if (taken === undefined) return undefined;
    const { delay, monitor, parallelism } = subject.update;
    const watch = delay >= monitor ? delay + nanosOf(seconds(1)) : monitor;
    const watched = `the last ${setting(watch)} of it only watching`;
    if (taken <= TOO_LONG) {
      return { severity: 'fine', message: `A good release takes ${time(taken)}, ${watched}.`, shownBy: good };
    }
    const rounds = Math.max(
      1,
      Math.floor((TOO_LONG - microsOf(watch)) / (taken / Math.ceil(wanted / (parallelism || wanted)))),
    );
    return {
      severity: 'warning',
      message: `A good release takes ${time(taken)}, ${watched}: until then two versions run side by side.`,
      at: ['deploy', 'update_config', 'delay'],
      ...(parallelism > 0 &&
        rounds < wanted && { fix: overrideUpdate(subject, { parallelism: Math.ceil(wanted / rounds) }) }),
      shownBy: good,
    };
  },
};
