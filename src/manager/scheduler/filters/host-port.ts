import { hostPortsOf } from '../node-info.ts';
import { countNodes, type Filter } from './filter.ts';

/** No task on the node holds a host-mode port of the task (HostPortFilter). Ingress ports are not looked at. */
export const hostPort: Filter<readonly string[]> = {
  name: 'host-port',
  looksAtBookings: true,
  inputOf(task) {
    const ports = hostPortsOf(task);
    return ports.length > 0 ? ports : undefined;
  },
  check: (ports) => (info) => !ports.some((port) => info.hostPorts.has(port)),
  explain: (nodes) => `host-mode port already in use on ${countNodes(nodes)}`,
  refusal: (ports, info) => `in use there: ${ports.filter((port) => info.hostPorts.has(port)).join(', ')}`,
};
