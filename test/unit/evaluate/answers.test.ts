/** Answers to the questions that a check of Compose files cannot ask: what follows from a run, with the reasoning beside it. */
import { describe, expect, test } from 'vitest';
import { TaskState } from '../../../src/api/index.ts';
import {
  defineScenario,
  deployStack,
  evaluate,
  parseGate,
  type Rehearsal,
  rehearse,
  type Scenario,
} from '../../../src/evaluate/index.ts';
import { createSwarm, type Swarm } from '../../../src/swarm/index.ts';
import { apiStack, stackOf } from '../../support/rehearsal-stack.ts';

/** Six replicas, one after the other, unless told. */
function stackWith(update: string, version = 1) {
  return stackOf(`
services:
  api:
    image: shop/api:${version}
    deploy: { replicas: 6, update_config: { ${update} } }
`);
}

function releaseWith(update: string) {
  return { from: stackWith(update), to: stackWith(update, 2) };
}

/** Nobody knows how long a pull takes. */
const UNCERTAIN: Scenario = defineScenario({
  images: { 'shop/api:1': { pull: '8s ± 2s', start: '1s..3s' }, 'shop/api:2': { pull: '8s ± 2s', start: '1s..3s' } },
});

function resultOf({ services }: Rehearsal) {
  return services[0]!;
}

function managersOf(count: number): Swarm {
  const swarm = createSwarm({ managers: count, workers: 1 });
  deployStack(swarm, apiStack(1));
  swarm.runUntilSettled();
  return swarm;
}

describe('Q8: how many managers do I need, and what do 2 or 4 buy', () => {
  // A majority of n is more than n / 2: of two it is both, of four it is three.
  test.each([
    { managers: 1, survives: 0 },
    { managers: 2, survives: 0 },
    { managers: 3, survives: 1 },
    { managers: 4, survives: 1 },
    { managers: 5, survives: 2 },
  ])('$managers survive the loss of $survives', ({ managers, survives }) => {
    for (const lost of [survives, survives + 1]) {
      const swarm = managersOf(managers);
      for (let number = 1; number <= lost; number += 1) swarm.node(`m${number}`).crash();
      swarm.run({ for: '3m' });
      expect(swarm.leader !== undefined, `${lost} lost`).toBe(lost === survives);
    }
  });
});

test('Q20: what a setting costs: a longer monitor is waited for once, at the end', () => {
  // No slot waits for it: only the final watch is 55 s longer.
  const short = resultOf(rehearse(releaseWith('monitor: 5s'), UNCERTAIN, 1));
  const long = resultOf(rehearse(releaseWith('monitor: 60s'), UNCERTAIN, 1));
  expect(long.duration! - short.duration!).toBe(55e6);
});

describe('Q21: is one policy better than another, on the same luck', () => {
  test('pulls and starts take as long for both, whatever the seed', () => {
    const took = (update: string, seed: number) => resultOf(rehearse(releaseWith(update), UNCERTAIN, seed)).duration!;
    const differences = [1, 2, 3, 4, 5].map((seed) => took('monitor: 30s', seed) - took('monitor: 10s', seed));
    expect(differences).toEqual([20e6, 20e6, 20e6, 20e6, 20e6]);
    expect(new Set([1, 2, 3, 4, 5].map((seed) => took('monitor: 10s', seed))).size).toBe(5);
  });

  test('start-first keeps six running where stop-first keeps five', () => {
    const variants = ['order: stop-first', 'order: start-first'].map((update) => ({
      label: update,
      release: releaseWith(update),
    }));
    const [result] = evaluate({ variants, scenarios: [UNCERTAIN], seeds: [1, 2, 3] });
    expect(result!.variants.map(({ services }) => services[0]!.lowestRunning)).toEqual([
      { min: 5, median: 5, max: 5, count: 3 },
      { min: 6, median: 6, max: 6, count: 3 },
    ]);
  });
});

test('Q22: CI fails when it should, and not otherwise', () => {
  // Stop-first, two at a time: four of six run at the lowest.
  const variants = [{ label: 'A', release: releaseWith('parallelism: 2') }];
  const unmet = (gate: string) =>
    evaluate({ variants, scenarios: [UNCERTAIN], seeds: [1], gates: [parseGate(gate)] })[0]!.variants[0]!.unmet;
  expect(unmet('lowest running < 4')).toEqual([]);
  expect(unmet('lowest running < 5')).toMatchObject([{ problem: 'shop_api: lowest running < 5', count: 1 }]);
});

test('Q23: nothing holds an update after its first batch but a long delay', () => {
  let running: readonly string[] = [];
  rehearse(releaseWith('parallelism: 2, delay: 2h'), UNCERTAIN, 1, (swarm) => {
    swarm.run({ for: '1h' });
    const service = swarm.service('shop_api');
    expect(service.updateStatus?.state).toBe('updating');
    running = swarm
      .tasks()
      .flatMap(({ spec, desiredState }) => (desiredState === TaskState.RUNNING ? [spec.container.image] : []));
    return 0;
  });
  expect(running.filter((image) => image === 'shop/api:2')).toHaveLength(2);
  expect(running).toHaveLength(6);
});

describe('Q24: how do I recover from a lost quorum, and what is lost', () => {
  function withoutQuorum(): Swarm {
    const swarm = managersOf(3);
    swarm.node('m1').crash();
    swarm.node('m2').crash();
    swarm.run({ for: '3m' });
    return swarm;
  }

  test('the managers that are switched on again find a leader by themselves', () => {
    const swarm = withoutQuorum();
    expect(swarm.leader).toBeUndefined();
    swarm.node('m1').boot();
    swarm.runUntilSettled();
    expect(swarm.leader).toBeDefined();
  });

  test('one that is made a cluster of its own keeps services and tasks; those of dead nodes are replaced then', () => {
    const swarm = withoutQuorum();
    const before = swarm.tasks().map(({ id }) => id);
    swarm.forceNewCluster('m3');
    swarm.runUntilSettled();
    expect(swarm.managers().map(({ name }) => name)).toEqual(['m3']);
    expect(swarm.tasks().map(({ id }) => id)).toEqual(expect.arrayContaining(before));
    expect(swarm.service('shop_api').replicas).toBe(4);
    const there = swarm
      .tasks()
      .filter(({ nodeId, desiredState }) => ['m3', 'w1'].includes(nodeId) && desiredState === TaskState.RUNNING);
    expect(there).toHaveLength(4);
  });
});
