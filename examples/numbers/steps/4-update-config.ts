/** The update_config comes with the new image, and governs this update already: three at a time, the new ones first. */
import { deployStack } from '../../../src/evaluate/index.ts';
import { createSwarm } from '../../../src/index.ts';
import { numbers, watchApi } from './numbers.ts';

const swarm = createSwarm({ managers: 1, workers: 2 });
for (const image of ['numbers/api:v2', 'numbers/api:v3']) swarm.images.define(image, { start: '2s', stop: '1s' });
deployStack(swarm, numbers('base.yml', 'prod.yml', 'v2.yml'));
swarm.runUntilSettled();

deployStack(swarm, numbers('base.yml', 'prod.yml', 'update.yml', 'v3.yml'));
watchApi(swarm);
