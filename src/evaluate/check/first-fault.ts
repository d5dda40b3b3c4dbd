import type { SwarmRecord } from '../../swarm/index.ts';
import type { Rehearsal } from '../rehearsal.ts';

type Fault = Extract<SwarmRecord, { readonly kind: 'fault.injected' }>;

/** The first thing that was done to a machine after the deployment. */
export function firstFault({ swarm, deployedAt }: Pick<Rehearsal, 'swarm' | 'deployedAt'>): Fault | undefined {
  return swarm.trace.records.find(
    (record): record is Fault => record.kind === 'fault.injected' && record.at >= deployedAt,
  );
}
