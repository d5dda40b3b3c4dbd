/** Deploys the stack from several files, of which later ones override earlier ones, and looks where its tasks went. */
import { deployStack } from '../../../src/evaluate/index.ts';
import { createSwarm, nameOfTask } from '../../../src/index.ts';
import { numbers, showServices } from './numbers.ts';

const swarm = createSwarm({ managers: 3, workers: 2 });
deployStack(swarm, numbers('base.yml', 'prod.yml', 'v2.yml'));
swarm.runUntilSettled();

showServices(swarm);
for (const node of swarm.nodes()) {
  const tasks = node.tasks().map(nameOfTask).sort();
  console.log(`${node.name}: ${tasks.join(', ')}`);
}
