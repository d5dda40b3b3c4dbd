import { activeOfService } from '../node-info.ts';
import type { Filter } from './filter.ts';

interface Limit {
  readonly serviceId: string;
  readonly maxReplicas: number;
}

/** The node has fewer active tasks of the service, of any version, than `--replicas-max-per-node` (MaxReplicasFilter). */
export const maxReplicas: Filter<Limit> = {
  name: 'max-replicas',
  looksAtBookings: true,
  inputOf({ serviceId, spec }) {
    const limit = spec.placement?.maxReplicas ?? 0;
    return limit > 0 ? { serviceId, maxReplicas: limit } : undefined;
  },
  check:
    ({ serviceId, maxReplicas: limit }) =>
    (info) =>
      activeOfService(info, serviceId) < limit,
  explain: () => 'max replicas per node limit exceed',
  refusal: ({ serviceId, maxReplicas: limit }, info) =>
    `it has ${activeOfService(info, serviceId)} tasks of the service, the limit is ${limit}`,
};
