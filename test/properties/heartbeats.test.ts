import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seconds } from '../../src/base/index.ts';
import type { Rule } from '../../src/network/index.ts';
import type { Distribution } from '../../src/sim/index.ts';
import { type Action, createSwarm, type Swarm, type SwarmOptions } from '../../src/swarm/index.ts';
import { runs } from '../support/runs.ts';

/** What happens to a swarm, and how long it is left alone before. */
interface Step {
  readonly after: number;
  readonly happens:
    | { readonly what: 'action'; readonly action: Action }
    | { readonly what: 'scale'; readonly replicas: number }
    | { readonly what: 'update' }
    | { readonly what: 'crash of a container'; readonly which: number }
    | { readonly what: 'period'; readonly seconds: number }
    | { readonly what: 'join' }
    | { readonly what: 'calm network' }
    | { readonly what: 'fork' };
}

interface Plan {
  readonly seed: number;
  readonly managers: number;
  readonly latency: 'none' | Distribution;
  readonly steps: readonly Step[];
}

const WORKERS = 2;

const machine = fc.constantFrom('m1', 'm2', 'm3', 'w1', 'w2');

const latency: fc.Arbitrary<Distribution> = fc.oneof(
  fc.nat(20_000).map((value): Distribution => ({ kind: 'fixed', value })),
  fc.nat(50_000).map((max): Distribution => ({ kind: 'uniform', min: max / 10, max })),
  fc.nat(5_000).map((mean): Distribution => ({ kind: 'exponential', mean })),
);

const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc
    .record({ from: machine, value: fc.nat(4_000_000) })
    .map(({ from, value }): Rule => ({ kind: 'latency', from: [from], latency: { kind: 'fixed', value } })),
  fc
    .record({ from: machine, ratio: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ from, ratio }): Rule => ({ kind: 'loss', from: [from], ratio })),
);

const action: fc.Arbitrary<Action> = fc.oneof(
  machine.map((node): Action => ({ action: 'crash', node })),
  machine.map((node): Action => ({ action: 'boot', node })),
  machine.map((node): Action => ({ action: 'freeze', node })),
  machine.map((node): Action => ({ action: 'thaw', node })),
  machine.map((node): Action => ({ action: 'disconnect', node })),
  machine.map((node): Action => ({ action: 'reconnect', node })),
  machine.map((node): Action => ({ action: 'partition', groups: [[node]] })),
  fc.constant<Action>({ action: 'heal' }),
  machine.map((node): Action => ({ action: 'availability', node, availability: 'drain' })),
  rule.map((rule): Action => ({ action: 'install-rule', rule })),
);

const happens: fc.Arbitrary<Step['happens']> = fc.oneof(
  { weight: 6, arbitrary: action.map((action) => ({ what: 'action' as const, action })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).map((replicas) => ({ what: 'scale' as const, replicas })) },
  { weight: 1, arbitrary: fc.constant({ what: 'update' as const }) },
  { weight: 1, arbitrary: fc.nat(4).map((which) => ({ what: 'crash of a container' as const, which })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }).map((s) => ({ what: 'period' as const, seconds: s })) },
  { weight: 1, arbitrary: fc.constant({ what: 'join' as const }) },
  { weight: 1, arbitrary: fc.constant({ what: 'calm network' as const }) },
  { weight: 1, arbitrary: fc.constant({ what: 'fork' as const }) },
);

/** To the microsecond, so that heartbeats are met in the air, too. */
const step: fc.Arbitrary<Step> = fc.record({
  after: fc.oneof(fc.nat(seconds(0.02)), fc.nat(seconds(20))),
  happens,
});

function planOf(managers: number): fc.Arbitrary<Plan> {
  return fc.record({
    seed: fc.nat(1000),
    managers: fc.constant(managers),
    latency: fc.oneof(fc.constant('none' as const), latency),
    steps: fc.array(step, { maxLength: 8 }),
  });
}

function begin({ seed, managers, latency }: Plan, quietTime: SwarmOptions['quietTime']): Swarm {
  const swarm = createSwarm({
    managers,
    workers: WORKERS,
    seed,
    trace: { kind: 'hash' },
    latencies: latency === 'none' ? 'none' : { network: latency },
    ...(quietTime && { quietTime }),
  });
  swarm.services.create({ name: 'web', image: 'web:v1', replicas: 3, update: { delay: '3s' } });
  return swarm;
}

/** The swarm in which it goes on. What is refused is refused in both modes. */
function take(swarm: Swarm, happens: Step['happens'], number: number): Swarm {
  switch (happens.what) {
    case 'action':
      swarm.schedule(happens.action);
      return swarm;
    case 'calm network':
      for (const { id } of swarm.network.describe().rules) swarm.network.uninstall(id);
      return swarm;
    case 'join':
      swarm.join({ name: `x${number}` });
      return swarm;
    case 'fork':
      return swarm.fork();
    case 'crash of a container': {
      const task = swarm.tasks()[happens.which];
      if (task) swarm.exit(task);
      return swarm;
    }
    default:
      request(swarm, happens);
      return swarm;
  }
}

function request(swarm: Swarm, happens: Extract<Step['happens'], { what: 'scale' | 'update' | 'period' }>): void {
  const [cluster] = swarm.view.clusters.all();
  const [service] = swarm.view.services.all();
  if (!cluster || !service) return;
  const { id, version, spec } = service;
  const action = (request: Extract<Action, { action: 'request' }>['request']) =>
    swarm.schedule({ action: 'request', request });
  if (happens.what === 'scale')
    action({
      op: 'updateService',
      id,
      version,
      spec: { ...spec, mode: { kind: 'replicated', replicas: happens.replicas } },
    });
  else if (happens.what === 'update')
    action({
      op: 'updateService',
      id,
      version,
      spec: { ...spec, task: { ...spec.task, forceUpdate: spec.task.forceUpdate + 1 } },
    });
  else {
    const dispatcher = { heartbeatPeriod: happens.seconds * 1e9 };
    action({ op: 'updateCluster', id: cluster.id, version: cluster.version, spec: { ...cluster.spec, dispatcher } });
  }
}

/** What can be seen after each step: all that was ever recorded, and the nodes as they are stored. */
function story(plan: Plan, quietTime: SwarmOptions['quietTime']): readonly unknown[] {
  let swarm = begin(plan, quietTime);
  const seen: unknown[] = [];
  const look = () =>
    seen.push({
      at: swarm.now,
      trace: swarm.trace.hash,
      index: swarm.view.index,
      nodes: swarm.view.nodes.all().map(({ id, status }) => `${id} ${status.state}`),
    });
  for (const [number, { after, happens }] of plan.steps.entries()) {
    swarm.run({ for: after * 1000 });
    look();
    swarm = take(swarm, happens, number);
  }
  swarm.run({ for: '50s' });
  look();
  return seen;
}

describe('heartbeats that are worked out', () => {
  it('lead to what heartbeats lead to that are sent, whatever happens', () => {
    fc.assert(
      fc.property(planOf(1), (plan) => {
        expect(story(plan, 'skip')).toEqual(story(plan, 'simulate'));
      }),
      { numRuns: runs(1000) },
    );
  }, 600_000);

  it('do so with several managers, too', () => {
    fc.assert(
      fc.property(planOf(3), (plan) => {
        expect(story(plan, 'skip')).toEqual(story(plan, 'simulate'));
      }),
      { numRuns: runs(300) },
    );
  }, 600_000);

  it('are the default, and spare most events of a quiet swarm', () => {
    const plan: Plan = { seed: 1, managers: 1, latency: { kind: 'fixed', value: 500 }, steps: [] };

    const eventsOf = (quietTime: SwarmOptions['quietTime']) => {
      const swarm = begin(plan, quietTime);
      swarm.runUntilSettled();
      let events = 0;
      const end = swarm.now + seconds(60);
      swarm.runUntil(() => ++events > 100_000 || swarm.now >= end);
      return events;
    };

    expect(eventsOf(undefined)).toBeLessThan(eventsOf('simulate') / 2);
  });
});
