/** An update without an update_config: one task at a time, the old one first, so one task is always missing. */
import { deployStack } from '../../../src/evaluate/index.ts';
import { createSwarm } from '../../../src/index.ts';
import { numbers, watchApi } from './numbers.ts';

const swarm = createSwarm({ managers: 1, workers: 2 });
for (const image of ['numbers/api:v2', 'numbers/api:v3']) swarm.images.define(image, { start: '2s', stop: '1s' });
deployStack(swarm, numbers('base.yml', 'prod.yml', 'v2.yml'));
swarm.runUntilSettled();

deployStack(swarm, numbers('base.yml', 'prod.yml', 'v3.yml'));
watchApi(swarm);
