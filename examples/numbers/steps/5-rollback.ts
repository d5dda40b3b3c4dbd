/** Version 5 fails some seconds after its start. The update is rolled back, by itself. */
import { deployStack } from '../../../src/evaluate/index.ts';
import { createSwarm } from '../../../src/index.ts';
import { numbers, showRecords, watchApi } from './numbers.ts';

const swarm = createSwarm({ managers: 1, workers: 2 });
for (const image of ['numbers/api:v3', 'numbers/api:v5']) swarm.images.define(image, { start: '2s', stop: '1s' });
swarm.images.define('numbers/api:v5', { start: '2s', stop: '1s', fails: { after: '20s' } });
deployStack(swarm, numbers('base.yml', 'prod.yml', 'update.yml', 'v3.yml'));
swarm.runUntilSettled();

const from = swarm.now;
deployStack(swarm, numbers('base.yml', 'prod.yml', 'update.yml', 'v5.yml'));
watchApi(swarm);
swarm.run({ for: '2m' });
showRecords(swarm, from, ({ kind }) => kind === 'update.changed');
