import { createSwarm } from '../../../src/index.ts';
import type { Scenario } from '../scenario.ts';

const SEEDS = [1, 2, 3, 4, 5];

/** A release of which some tasks fail by chance, on machines of which one goes away: every record of the trace. */
export const swarm: Scenario = {
  name: 'swarm',
  run: () => SEEDS.map(outcomeOf),
};

function outcomeOf(seed: number): unknown {
  const subject = createSwarm({ managers: 1, workers: 4, seed });
  subject.images.define('api:v1', { pull: '4s ± 1s', start: '500ms..2s' });
  subject.images.define('api:v2', { pull: '4s ± 1s', start: '500ms..2s', fails: { after: '20s ± 5s', share: '30%' } });
  const api = subject.services.create({
    name: 'api',
    image: 'api:v1',
    replicas: 8,
    update: { parallelism: 2, delay: '5s', monitor: '30s', failureAction: 'rollback', maxFailureRatio: 0.1 },
  });
  subject.run({ for: '1m' });
  api.update((spec) => {
    spec.image = 'api:v2';
  });
  subject.run({ for: '20s' });
  subject.node('w2').crash();
  subject.run({ for: '10m' });
  return [subject.now, subject.trace.records, subject.tasks()];
}
