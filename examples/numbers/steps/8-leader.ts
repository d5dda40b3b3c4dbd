/** The leading manager loses power. The others elect another one, and the application does not notice. */
import { deployStack } from '../../../src/evaluate/index.ts';
import { createSwarm } from '../../../src/index.ts';
import { numbers, showRecords, showServices } from './numbers.ts';

const swarm = createSwarm({ managers: 3, workers: 2 });
swarm.runUntilSettled();
// Managers are for managing: their tasks go elsewhere.
for (const name of ['m1', 'm2', 'm3']) swarm.node(name).drain();
deployStack(swarm, numbers('base.yml', 'prod.yml', 'v3.yml'));
swarm.runUntilSettled();

const from = swarm.now;
swarm.node('m1').crash();
swarm.run({ for: '1m' });
showRecords(swarm, from, ({ kind }) => ['fault.injected', 'raft.leader-elected', 'node.changed'].includes(kind));
showServices(swarm);
