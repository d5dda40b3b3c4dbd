import { hours, type Micros, minutes, type Nanoseconds, nanosOf, seconds } from '../../base/index.ts';
import { good } from '../check/battery.ts';
import { type FindingRule, overrideUpdate, type Settings } from '../check/rule.ts';
import type { Subject } from '../check/subject.ts';
import { setting, time } from '../words.ts';

const TOO_LONG = hours(1);
const LIMIT = nanosOf(TOO_LONG);
const MINUTE = nanosOf(minutes(1));
const SECOND = nanosOf(seconds(1));

export const duration: FindingRule = {
  code: 'duration',
  question: 'Q3',
  rule: 'Each slot takes a start, a stop and the delay, also the last one; then the update is watched for the monitor period, or for the delay and a second if that is not shorter.',
  find(subject) {
    const { duration: taken, wanted } = subject.rollout(good).result;
    if (taken === undefined) return undefined;
    const { delay, monitor } = subject.update;
    const watch = watchOf(delay, monitor);
    const watched = `the last ${setting(watch)} of it only watching`;
    if (taken <= TOO_LONG) {
      return { severity: 'fine', message: `A good release takes ${time(taken)}, ${watched}.`, shownBy: good };
    }
    const changes = shorter(subject, taken, wanted);
    return {
      severity: 'warning',
      message: `A good release takes ${time(taken)}, ${watched}: until then two versions run side by side.`,
      at: ['deploy', 'update_config', 'delay'],
      ...(changes && { fix: overrideUpdate(subject, changes) }),
      shownBy: good,
    };
  },
};

/** (swarmkit manager/orchestrator/update/updater.go, Run) */
function watchOf(delay: Nanoseconds, monitor: Nanoseconds): Nanoseconds {
  return delay >= monitor ? delay + SECOND : monitor;
}

/** More slots at a time as far as that takes no more than a third of them away; otherwise a shorter delay or watch, if that is enough. */
function shorter({ update }: Subject, taken: Micros, wanted: number): Settings | undefined {
  const { delay, monitor, parallelism } = update;
  const watch = watchOf(delay, monitor);
  const rounds = parallelism === 0 ? 1 : Math.ceil(wanted / parallelism);
  const round = (nanosOf(taken) - watch) / rounds;
  const possible = Math.floor((LIMIT - watch) / round);
  const needed = Math.ceil(wanted / possible);
  if (possible > 0 && needed <= Math.max(1, Math.floor(wanted / 3))) return { parallelism: needed };
  const step = round - delay;
  const spare = Math.min((LIMIT - SECOND - rounds * step) / (rounds + 1), (LIMIT - monitor - rounds * step) / rounds);
  const [shortDelay, shortWatch] = [spare, LIMIT - rounds * round].map((time) => Math.floor(time / MINUTE) * MINUTE);
  if (shortDelay! > 0 && shortDelay! < delay) return { delay: setting(shortDelay!) };
  return shortWatch! > delay && shortWatch! < monitor ? { monitor: setting(shortWatch!) } : undefined;
}
