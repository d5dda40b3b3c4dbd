import { defineFault } from '../define-fault.ts';
import { DURING_UPDATE, defaulted, optional } from '../parameter.ts';
import { drawSome, selectTasks, taskName } from '../select.ts';

export const containerCrash = defineFault({
  kind: 'container-crash',
  says: 'running containers end, now, without anybody having told them to',
  parameters: {
    service: optional('service', 'of this service. Default: of any'),
    image: optional('image', 'of this image. Default: of any'),
    node: optional('node', 'on this node. Default: on any'),
    count: defaulted('count', 1, 'how many, drawn with the seed'),
    exitCode: defaulted('exitCode', 137, 'with this code; 137 is what the kernel leaves that has killed it'),
  },
  strikes: DURING_UPDATE,
  describe: ({ count, service }) =>
    `${count === 1 ? 'a container' : `${count} containers`}${service === undefined ? '' : ` of ${service}`} crash${count === 1 ? 'es' : ''}`,
  strike({ count, exitCode, ...selection }, strike) {
    const drawn = drawSome(selectTasks(selection, strike), count, strike, 'task');
    for (const { id } of drawn) strike.port.exit(id, exitCode);
    return { targets: drawn.map((task) => taskName(task, strike)) };
  },
});
