/** Two of three managers are gone. The application runs on, but nothing can be changed, until the last one starts over. */
import { deployStack } from '../../../src/evaluate/index.ts';
import { createSwarm } from '../../../src/index.ts';
import { numbers, showServices } from './numbers.ts';

const swarm = createSwarm({ managers: 3, workers: 2 });
deployStack(swarm, numbers('base.yml', 'prod.yml', 'v3.yml'));
swarm.runUntilSettled();

for (const name of ['m1', 'm2']) swarm.node(name).crash();
swarm.run({ for: '1m' });
console.log('leader:', swarm.leader?.name ?? 'none');
try {
  swarm.service('numbers_numbers-api').scale(4);
} catch (error) {
  console.log((error as Error).message);
}

swarm.forceNewCluster('m3'); // docker swarm init --force-new-cluster
swarm.run({ for: '1m' });
console.log('leader:', swarm.leader?.name ?? 'none');
swarm.service('numbers_numbers-api').scale(4);
swarm.run({ for: '1m' });
showServices(swarm);
