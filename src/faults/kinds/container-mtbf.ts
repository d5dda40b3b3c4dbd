import { durationOf } from '../../api/index.ts';
import { DryswarmError, microsOf } from '../../base/index.ts';
import { sampleDuration } from '../../sim/index.ts';
import { defineFault, type Strike } from '../define-fault.ts';
import { defaulted, optional, required } from '../parameter.ts';
import { draw, selectTasks, taskName } from '../select.ts';

export const containerMtbf = defineFault({
  kind: 'container-mtbf',
  says: 'containers crash now and then, each by a chance of its own that does not depend on its age',
  parameters: {
    mean: required('period', 'how long a container runs on the average'),
    service: optional('service', 'of this service. Default: of any'),
    image: optional('image', 'of this image. Default: of any'),
    exitCode: defaulted('exitCode', 137, 'with this code'),
  },
  strikes: 'from the deployment',
  lasts: { default: '5m', says: 'how long they go on crashing' },
  describe: ({ mean, service }) =>
    `containers${service === undefined ? '' : ` of ${service}`} crash every ${mean} on the average`,
  check({ mean }) {
    if (durationOf(mean) <= 0)
      throw new DryswarmError('invalid-fault', 'containers crash all the time', 'give a mean above 0');
  },
  strike({ mean, exitCode, ...selection }, strike) {
    const running = selectTasks(selection, strike);
    // The first time nothing crashes: it is only drawn when something will.
    const victim = strike.times === 0 ? undefined : draw(running, strike, `${strike.times}/task`);
    if (victim) strike.port.exit(victim.id, exitCode);
    return {
      targets: victim ? [taskName(victim, strike)] : [],
      again: untilNext(microsOf(durationOf(mean)), running.length, strike),
      ...(running.length > 0 && { isUnderWay: true }),
    };
  },
});

/** Of many that crash each at its own rate, the first to do so: an exponential wait, too, so many times shorter. */
function untilNext(mean: number, containers: number, strike: Strike): number {
  const wait = { kind: 'exponential', mean: mean / Math.max(1, containers) } as const;
  return Math.max(
    1,
    sampleDuration(wait, () => strike.luck(`${strike.times}/wait`)),
  );
}
