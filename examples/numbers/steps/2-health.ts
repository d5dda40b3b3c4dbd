/** A health check makes the swarm replace containers that run, but do not work. */
import { deployStack } from '../../../src/evaluate/index.ts';
import { createSwarm } from '../../../src/index.ts';
import { numbers, showRecords, showServices } from './numbers.ts';

const swarm = createSwarm({ managers: 1, workers: 2 });
// The API of version 2 breaks at some time, and goes on running: only a check can notice.
swarm.images.define('numbers/api:v2', {
  start: '2s',
  stop: '1s',
  unhealthy: { after: '30s', slots: [3], attempts: 1 },
});
deployStack(swarm, numbers('base.yml', 'prod.yml', 'health.yml', 'v2.yml'));
swarm.runUntilSettled();

const from = swarm.now;
swarm.run({ for: '1m' });
showRecords(
  swarm,
  from,
  (record) => 'task' in record && 'name' in record && record.slot === 3 && record.name === 'numbers_numbers-api',
);
showServices(swarm);
