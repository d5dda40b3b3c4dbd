/** A drained node loses its tasks and does not get them back; only an update spreads them again. */
import { deployStack } from '../../../src/evaluate/index.ts';
import { createSwarm, TaskState } from '../../../src/index.ts';
import { numbers, watchApi } from './numbers.ts';

const swarm = createSwarm({ managers: 1, workers: 2 });
swarm.images.define('numbers/api:v3', { start: '2s', stop: '1s' });
deployStack(swarm, numbers('base.yml', 'prod.yml', 'v3.yml'));
swarm.runUntilSettled();
showNodes('at first');

swarm.node('w1').drain();
swarm.runUntilSettled();
showNodes('w1 drained');

swarm.node('w1').activate();
swarm.runUntilSettled();
showNodes('w1 active again');

swarm.service('numbers_numbers-api').forceUpdate();
watchApi(swarm);
showNodes('after --force');

function showNodes(when: string): void {
  const running = swarm.tasks().filter(({ status }) => status.state === TaskState.RUNNING);
  const counts = swarm.nodes().map(({ id, name }) => {
    const here = running.filter(({ nodeId }) => nodeId === id);
    const api = here.filter(({ serviceName }) => serviceName === 'numbers_numbers-api').length;
    return `${name}: ${api} api, ${here.length - api} web`;
  });
  console.log(`${when.padEnd(16)} ${counts.join('   ')}`);
}
