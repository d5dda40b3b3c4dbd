/** A node loses power. Nobody notices until its heartbeats have been missing for three periods. */
import { deployStack } from '../../../src/evaluate/index.ts';
import { createSwarm } from '../../../src/index.ts';
import { numbers, showRecords, showServices } from './numbers.ts';

const swarm = createSwarm({ managers: 1, workers: 2 });
swarm.images.define('numbers/api:v3', { start: '2s', stop: '1s' });
deployStack(swarm, numbers('base.yml', 'prod.yml', 'v3.yml'));
swarm.runUntilSettled();

const from = swarm.now;
swarm.node('w1').crash();
swarm.run({ for: '30s' });
showRecords(
  swarm,
  from,
  (record) =>
    ['fault.injected', 'node.changed'].includes(record.kind) ||
    (record.kind === 'task.changed' && record.state === 'RUNNING'),
);
// The lost tasks count as running until their node returns, or a day has passed.
showServices(swarm);
