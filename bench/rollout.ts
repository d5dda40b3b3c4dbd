/**
 * What one rollout costs, end to end: `npx tsx bench/rollout.ts`. Three managers and workers, six replicas created and
 * then replaced one by one, five minutes in all, with quiet time left out and run; against a floor that moves the same
 * traffic over the same queue and does nothing else. Exits with 1 if a gate fails.
 */

import { EventQueue } from '../src/sim/index.ts';
import { createSwarm, type SwarmOptions } from '../src/swarm/index.ts';
import { goals, note, race } from './harness.ts';

const SECOND = 1_000_000;
const DURATION = 300 * SECOND;
const TRANSACTIONS = 108;
const RUNS_PER_ROUND = 5;

type FloorEvent =
  | { readonly kind: 'tick' }
  | { readonly kind: 'heartbeat'; readonly agent: number }
  | { readonly kind: 'transaction' }
  | { readonly kind: 'message'; readonly answers: boolean };

/** The traffic of the reference rollout without any of its reasons. */
function floor(agents: number): number {
  const queue = new EventQueue<FloorEvent>();
  const state = new Map<number, { readonly version: number }>();
  let handled = 0;
  for (let agent = 0; agent < agents; agent += 1) queue.push(agent, 0, { kind: 'heartbeat', agent });
  for (let number = 0; number < TRANSACTIONS; number += 1)
    queue.push(Math.floor((number * DURATION) / TRANSACTIONS), 0, { kind: 'transaction' });
  queue.push(0, 0, { kind: 'tick' });
  while (queue.length > 0) {
    const now = queue.nextAt;
    if (now > DURATION) break;
    const event = queue.pop()!;
    handled += 1;
    switch (event.kind) {
      case 'tick':
        for (let follower = 0; follower < 2; follower += 1)
          queue.push(now + 500, 0, { kind: 'message', answers: true });
        queue.push(now + SECOND, 0, event);
        break;
      case 'heartbeat':
        queue.push(now + 500, 0, { kind: 'message', answers: true });
        queue.push(now + 5 * SECOND, 0, event);
        break;
      case 'transaction':
        state.set(handled % 6, { version: handled });
        for (let follower = 0; follower < 2; follower += 1)
          queue.push(now + 500, 0, { kind: 'message', answers: true });
        break;
      case 'message':
        if (event.answers) queue.push(now + 500, 0, { kind: 'message', answers: false });
    }
  }
  return handled;
}

function rollout(workers: number, options: SwarmOptions = {}): void {
  const swarm = createSwarm({ managers: 3, workers, trace: { kind: 'off' }, ...options });
  const update = { parallelism: 1, delay: '5s' };
  const api = swarm.services.create({ name: 'api', image: 'api:v1', replicas: 6, update });
  swarm.run({ for: '60s' });
  api.update((spec) => {
    spec.image = 'api:v2';
  });
  swarm.run({ for: '240s' });
  if (api.updateStatus?.state !== 'completed') throw new Error('the rollout did not complete');
}

const repeated = (run: () => void) => () => {
  for (let count = 0; count < RUNS_PER_ROUND; count += 1) run();
};
const rival = (name: string, run: () => void) => ({ name, operations: RUNS_PER_ROUND, prepare: () => repeated(run) });

const idle = (duration: string) => () => {
  const swarm = createSwarm({ managers: 3, trace: { kind: 'off' } });
  swarm.run({ for: duration });
};

const results = race(
  [
    rival('floor', () => floor(5)),
    rival('rollout', () => rollout(2)),
    rival('every message', () => rollout(2, { quietTime: 'simulate' })),
    rival('full trace', () => rollout(2, { trace: { kind: 'full' } })),
    rival('50 agents', () => rollout(47)),
    rival('idle 10m', idle('10m')),
    rival('idle 20m', idle('20m')),
  ],
  { rounds: 9, warmUps: 3 },
);

for (const name of ['floor', 'rollout', 'every message', 'full trace', '50 agents', 'idle 10m', 'idle 20m'])
  note(`${name} (${(1e9 / results.cost(name)).toFixed(0)} runs/s)`, results.cost(name));
// The gate is 500 runs a second and the aim 2,000, where the floor takes 306 µs. Most of a run is the control plane and
// the agents, not the managers.
goals.atMost('rollout over the floor', results.ratio('rollout', 'floor'), { gate: 6.5, aim: 1.6 });
goals.atMost('every message over quiet time left out', results.ratio('every message', 'rollout'), { gate: 5, aim: 2 });
goals.atMost('50 agents over 5', results.ratio('50 agents', 'rollout'), { gate: 1.1, aim: 1.05 });
