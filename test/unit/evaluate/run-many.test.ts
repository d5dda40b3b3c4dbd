import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import {
  defineScenario,
  evaluate,
  type Fault,
  onWorkers,
  type Plan,
  parseGate,
  rehearse,
  runHere,
} from '../../../src/evaluate/index.ts';
import { runNumber } from '../../../src/evaluate/run-many.ts';
import { portable, workerScript } from '../../../src/evaluate/worker-pool.ts';
import type { Done, WorkerData } from '../../../src/evaluate/worker-protocol.ts';
import { apiStack } from '../../support/rehearsal-stack.ts';

const FAILING = { pull: '3s ± 1s', fails: { after: '5s', share: 0.2 } };

function planOf(seeds: number): Plan {
  return {
    variants: [
      { label: 'pause', release: { from: apiStack(1), to: apiStack(2) } },
      { label: 'rollback', release: { from: apiStack(1), to: apiStack(2, { deploy: ', failure_action: rollback' }) } },
    ],
    scenarios: [
      defineScenario({ name: 'a bad image', images: { 'shop/api:2': FAILING } }),
      defineScenario({
        name: 'a node dies',
        images: { 'shop/api:2': { pull: '3s' } },
        faults: [{ kind: 'node-crash' }],
      }),
    ],
    seeds: Array.from({ length: seeds }, (_, index) => index + 1),
  };
}

describe('many rehearsals', () => {
  test('are the same, and in the same order, whoever does them', () => {
    const plan = planOf(11);
    expect(onWorkers(3)(plan)).toEqual(runHere(plan));
  }, 60_000);

  test('measure what those measure that keep their whole trace', () => {
    const faults: readonly Fault[] = [
      { kind: 'image-fails', after: '20s', share: '40%' },
      { kind: 'node-freeze', node: 'w1', at: '5s' },
      { kind: 'node-crash', node: 'w2', at: '12s', for: '1m' },
      { kind: 'leader-crash', when: 'half updated', for: '30s' },
    ];
    const scenarios = [defineScenario({ cluster: { managers: 3, workers: 3 }, faults, patience: '20m' })];
    const plan = { ...planOf(3), scenarios };
    const whole = plan.variants.flatMap(({ release }) =>
      plan.seeds.map((seed) => {
        const { swarm: _, ...run } = rehearse(release, scenarios[0]!, seed);
        return run;
      }),
    );
    expect(runHere(plan)).toEqual(whole);
    expect(whole.some(({ services }) => services[0]!.failures > 0)).toBe(true);
  }, 60_000);

  test.each([
    ['one thread', runHere, 2],
    ['several', onWorkers(2), 6],
  ])(
    'tell how many of all are done, up to the last: %s',
    (_, runAll, seeds) => {
      const told: (readonly [number, number])[] = [];
      runAll(planOf(seeds), (done, total) => told.push([done, total]));
      expect(told.at(-1)).toEqual([4 * seeds, 4 * seeds]);
      expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).sort((a, b) => a - b));
    },
    60_000,
  );

  test('throw what the first of them throws that cannot be done', () => {
    const plan = { ...planOf(30), scenarios: [defineScenario({ faults: [{ kind: 'node-crash', node: 'w9' }] })] };
    for (const threads of [1, 2]) {
      expect(() => onWorkers(threads)(plan)).toThrow('node-crash: there is no node w9');
    }
  });
});

describe('a thread', () => {
  test('does the rehearsals that nobody has taken, as this one would', async () => {
    const plan = portable(planOf(1));
    const { port1, port2 } = new MessageChannel();
    const taken = new Int32Array(new SharedArrayBuffer(4));
    taken[0] = 1;
    const data: WorkerData = { plan, total: 4, taken };
    // Threads of Node 20 do not read TypeScript by themselves.
    const script = `import('tsx/esm/api').then(({ register }) => { register(); return import('${workerScript()}'); });`;
    const worker = new Worker(script, { eval: true, workerData: { ...data, port: port2 }, transferList: [port2] });
    const done: Done[] = [];
    port1.on('message', (message: Done) => done.push(message));
    await once(worker, 'exit');
    port1.close();

    expect(done.map(({ number }) => number)).toEqual([1, 2, 3]);
    for (const { number, run } of done) expect(run).toEqual(runNumber(plan, number));
  });
});

describe('what is made of many rehearsals', () => {
  test('is one result for each scenario and variant', () => {
    const results = evaluate(planOf(3));
    expect(results.map(({ scenario, variants }) => [scenario.name, variants.map(({ label }) => label)])).toEqual([
      ['a bad image', ['pause', 'rollback']],
      ['a node dies', ['pause', 'rollback']],
    ]);
  });

  test('says how often a gate was hit, and first with which seed', () => {
    const [bad] = evaluate({ ...planOf(6), gates: [parseGate('paused')], version: '0.1.0' });
    const [paused] = bad!.variants[0]!.unmet;
    const seeds = planOf(6).seeds.filter(
      (seed) => runNumber({ ...planOf(6), seeds: [seed] }, 0).services[0]!.outcome === 'paused',
    );
    expect(seeds.length).toBeGreaterThan(0);
    expect(paused).toMatchObject({ problem: 'shop_api: paused', seed: seeds[0], count: seeds.length });
    expect(paused!.token).toMatch(/^ds1:/);
    expect(bad!.variants[1]!.unmet).toEqual([]);
  });

  test('says what became of the faults', () => {
    const [, dying] = evaluate(planOf(4));
    expect(dying!.variants[0]!.faults).toEqual([
      { name: 'node-crash-1', text: 'a node crashes', fates: [{ what: 'applied', count: 4 }] },
    ]);
  });

  test('is as it should be where a fault strikes with some seeds only', () => {
    const images = { 'shop/api:2': FAILING };
    const scenario = defineScenario({ images, faults: [{ kind: 'leader-crash', when: 'paused', for: '1m' }] });
    const [result] = evaluate({ ...planOf(6), scenarios: [scenario] });
    const { faults, unmet } = result!.variants[0]!;
    expect(faults[0]!.fates.map(({ what }) => what).sort()).toEqual(['applied', 'expired']);
    expect(unmet).toEqual([]);
  });

  test('is not as it should be where a fault found nothing to strike, or never struck', () => {
    const unmetWith = (faults: Parameters<typeof defineScenario>[0]['faults']) =>
      evaluate({ ...planOf(2), scenarios: [defineScenario({ faults: faults! })] })[0]!.variants[0]!.unmet.map(
        ({ problem }) => problem,
      );
    const crash = { kind: 'container-crash', image: 'shop/api:2', at: '0s' } as const;
    const missed = { kind: 'leader-crash', when: 'rollback started' } as const;
    expect(unmetWith([crash])).toEqual(['fault container-crash-1 (a container crashes) found nothing to strike']);
    expect(unmetWith([missed])).toEqual([
      'fault leader-crash-1 (the leader crashes) never struck: its moment did not come',
    ]);
    expect(
      unmetWith([
        { ...crash, optional: true },
        { ...missed, optional: true },
      ]),
    ).toEqual([]);
  });
});
