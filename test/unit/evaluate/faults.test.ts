import { describe, expect, test } from 'vitest';
import { SwarmFaultPort } from '../../../src/evaluate/fault-port.ts';
import {
  defineScenario,
  deployStack,
  type Fault,
  observeService,
  type Rehearsal,
  rehearse,
  runningOverTime,
  type ScenarioDefinition,
} from '../../../src/evaluate/index.ts';
import { runOut } from '../../../src/evaluate/run-out.ts';
import { FaultSchedule, type RolloutView } from '../../../src/faults/index.ts';
import { createSwarm } from '../../../src/swarm/index.ts';
import { apiStack, stackOf } from '../../support/rehearsal-stack.ts';

const GOOD = { pull: '2s', start: '1s', stop: '500ms' };
const IMAGES = { 'shop/api:1': GOOD, 'shop/api:2': GOOD };
const HEALTHCHECK = '{ test: [CMD, check], interval: 2s, retries: 2 }';

interface Setting extends ScenarioDefinition {
  readonly healthcheck?: string;
  readonly next?: number;
  readonly deploy?: string;
  readonly seed?: number;
}

/** Version 1 runs, version 2 is deployed, and this goes wrong. */
function during(faults: readonly Fault[], setting: Setting = {}): Rehearsal {
  const { healthcheck, next = 2, deploy = '', seed = 1, ...definition } = setting;
  const more = { ...(healthcheck !== undefined && { healthcheck }) };
  const release = { from: apiStack(1, more), to: apiStack(next, { ...more, deploy }) };
  return rehearse(release, defineScenario({ images: IMAGES, faults, ...definition }), seed);
}

function outcomeOf({ services }: Rehearsal): string | undefined {
  return services[0]?.outcome;
}

function errorsIn({ swarm, deployedAt }: Rehearsal): readonly string[] {
  return [
    ...new Set(
      swarm.trace.records.flatMap((record) =>
        record.kind === 'task.changed' && record.at >= deployedAt && record.err !== '' ? [record.err] : [],
      ),
    ),
  ];
}

describe('images', () => {
  test('that crash at their start stop the update', () => {
    const rehearsal = during([{ kind: 'image-fails' }]);
    expect(outcomeOf(rehearsal)).toBe('paused');
    expect(errorsIn(rehearsal)).toContain('task: non-zero exit (1)');
  });

  test('of which a part crashes are told by the seed', () => {
    const outcomes = [1, 2, 3, 4, 5, 6].map((seed) =>
      outcomeOf(during([{ kind: 'image-fails', share: '20%', after: '2s' }], { seed })),
    );
    expect(new Set(outcomes)).toEqual(new Set(['paused', 'completed']));
  });

  test('that are never healthy are found by a health check, and by nothing else', () => {
    const faults: readonly Fault[] = [{ kind: 'image-never-healthy' }];
    expect(outcomeOf(during(faults, { healthcheck: HEALTHCHECK }))).toBe('paused');
    expect(outcomeOf(during(faults))).toBe('completed');
  });

  test('that turn unhealthy late are found while the update looks at them', () => {
    const late = (after: string): readonly Fault[] => [{ kind: 'image-unhealthy', after }];
    expect(outcomeOf(during(late('5s'), { healthcheck: HEALTHCHECK }))).toBe('paused');
    expect(during(late('2m'), { healthcheck: HEALTHCHECK, patience: '30s' }).services[0]!.outcome).toBe('completed');
  });

  test('that start slowly take the update as long', () => {
    const { duration: quick } = during([]).services[0]!;
    const { duration: slow } = during([{ kind: 'image-slow-start', takes: '30s' }]).services[0]!;
    expect(slow! - quick!).toBe(2 * 29e6);
  });
});

describe('the registry', () => {
  test('that is down stops a new image, but not one that the nodes have', () => {
    const outage: readonly Fault[] = [{ kind: 'registry-outage' }];
    const fresh = during(outage);
    expect(outcomeOf(fresh)).toBe('paused');
    expect(errorsIn(fresh)[0]).toMatch(/^Get "https:\/\/registry-1.docker.io/);
    expect(outcomeOf(during(outage, { next: 1, deploy: '}, labels: { a: b' }))).not.toBe('paused');
  });

  test('that comes back lets an update that waits for nothing go on', () => {
    const rehearsal = during([{ kind: 'registry-outage', for: '20s' }], { deploy: ', failure_action: continue' });
    expect(outcomeOf(rehearsal)).toBe('completed');
    expect(rehearsal.services[0]!.failures).toBeGreaterThan(0);
    expect(rehearsal.services[0]!.atRest).toBe(true);
  });

  test('that limits its pulls refuses those over the limit, on nodes that have no image yet', () => {
    const rehearsal = during([{ kind: 'pull-rate-limit', pulls: 1 }]);
    expect(errorsIn(rehearsal)[0]).toMatch(/^toomanyrequests/);
  });

  test('that is slow takes the time of the first pull on each node', () => {
    const { duration } = during([{ kind: 'pull-slow', takes: '5m' }]).services[0]!;
    expect(duration).toBeGreaterThan(300e6);
  });

  test('that does not know an image says so', () => {
    expect(errorsIn(during([{ kind: 'pull-fails', nodes: ['w1', 'w2', 'w3', 'm1'] }]))).toEqual([
      'manifest unknown: manifest unknown',
    ]);
  });
});

describe('containers', () => {
  test('that crash are replaced', () => {
    const rehearsal = during([{ kind: 'container-crash', service: 'api', count: 2, at: '60s' }]);
    expect(rehearsal.services[0]).toMatchObject({ outcome: 'completed', failures: 2, atRest: true });
    expect(errorsIn(rehearsal)).toEqual(['task: non-zero exit (137)']);
  });

  test('that crash at random do so for a while', () => {
    const rehearsal = during([{ kind: 'container-mtbf', mean: '30s', for: '2m' }], {
      deploy: ', failure_action: continue',
    });
    expect(rehearsal.services[0]!.failures).toBeGreaterThan(3);
    expect(rehearsal.services[0]!.atRest).toBe(true);
  });
});

describe('nodes', () => {
  test('that crash lose their tasks until they are back', () => {
    const rehearsal = during([{ kind: 'node-crash', node: 'w1', at: '40s', for: '2m' }]);
    const states = rehearsal.swarm.trace.records.flatMap((record) =>
      record.kind === 'node.changed' && record.name === 'w1' && record.at > rehearsal.deployedAt ? [record.state] : [],
    );
    expect(states).toEqual(['down', 'ready']);
    expect(rehearsal.injections[0]).toMatchObject({ fate: 'applied', targets: ['w1'] });
  });

  test('that are rebooted are back before long', () => {
    const rehearsal = during([{ kind: 'node-reboot', node: 'w3', at: '40s' }]);
    expect(rehearsal.swarm.node('w3').isUp).toBe(true);
    expect(rehearsal.services[0]!.failures).toBeGreaterThan(0);
  });

  test('that stand still serve nobody meanwhile, and lose nothing', () => {
    // No new task is on w2 when it stops, so the update waits for none there.
    const short = during([{ kind: 'node-freeze', node: 'w2', at: '1s', for: '1s' }]);
    expect(short.services[0]).toMatchObject({ outcome: 'completed', failures: 0, lowestRunning: 3 });
    expect(short.swarm.node('w2')).toMatchObject({ state: 'ready', isFrozen: false });
    expect(short.injections[0]).toMatchObject({ fate: 'applied', targets: ['w2'] });
    const { swarm, deployedAt } = short;
    const history = observeService(swarm, swarm.service('shop_api').id, deployedAt);
    expect(runningOverTime(history).slice(0, 3)).toEqual([
      [deployedAt, 4],
      [deployedAt + 1e6, 3],
      [deployedAt + 2e6, 4],
    ]);

    const long = during([{ kind: 'node-freeze', node: 'w2', at: '1s', for: '2m' }]);
    const ends = long.swarm.trace.records.flatMap((record) => (record.kind === 'container.exited' ? [record.at] : []));
    expect(Math.max(...ends)).toBeGreaterThanOrEqual(long.deployedAt + 121e6);
    expect(long.services[0]).toMatchObject({ outcome: 'completed', failures: 0 });
  });

  test('whose network blips are not missed by anybody', () => {
    const rehearsal = during([{ kind: 'network-blip', node: 'w1', at: '40s' }]);
    expect(rehearsal.swarm.node('w1').state).toBe('ready');
    expect(rehearsal.services[0]).toMatchObject({ outcome: 'completed', failures: 0, lowestRunning: 4 });
  });

  test('that are cut off are given up, and what runs there is replaced', () => {
    const rehearsal = during([{ kind: 'node-disconnect', node: 'w1', at: '40s' }]);
    expect(rehearsal.swarm.node('w1').state).toBe('down');
    expect(rehearsal.swarm.node('w1').isUp).toBe(true);
  });

  test('that are drained keep nothing', () => {
    const rehearsal = during([{ kind: 'node-drain', node: 'w1', at: '40s' }]);
    expect(rehearsal.swarm.node('w1').availability).toBe('drain');
  });

  test('whose disk is full reject what they are given', () => {
    const rehearsal = during([{ kind: 'disk-full', node: 'w3', at: '0s' }], { deploy: ', failure_action: continue' });
    expect(errorsIn(rehearsal)[0]).toMatch(/no space left on device$/);
    expect(rehearsal.injections[0]).toMatchObject({ fate: 'applied', targets: ['w3'] });
  });

  test('of one zone go down together', () => {
    const node = (name: string, zone: string) => ({ name, labels: { zone } });
    const rehearsal = during([{ kind: 'zone-outage', label: 'zone=a', at: '40s' }], {
      cluster: { workers: 0, nodes: [node('a1', 'a'), node('a2', 'a'), node('b1', 'b')] },
    });
    expect(['a1', 'a2', 'b1'].map((name) => rehearsal.swarm.node(name).isUp)).toEqual([false, false, true]);
  });
});

describe('managers', () => {
  const cluster = { managers: 3, workers: 3 };

  test('whose leader dies at a phase of the update have another one', () => {
    const rehearsal = during([{ kind: 'leader-crash', when: 'half updated', of: 'api' }], { cluster });
    expect(rehearsal.injections[0]).toMatchObject({ fate: 'applied', targets: ['m1'] });
    expect(rehearsal.swarm.leader?.name).not.toBe('m1');
    expect(outcomeOf(rehearsal)).toBe('completed');
  });

  test('of which most are gone leave the update where it was', () => {
    const rehearsal = during([{ kind: 'manager-crash', count: 2, when: 'first new task running' }], {
      cluster,
      patience: '2m',
    });
    expect(rehearsal.swarm.leader).toBeUndefined();
  });

  test('that are cut off from each other find together again', () => {
    const groups = [['m1'], ['m2', 'm3', 'w1', 'w2', 'w3']];
    const rehearsal = during([{ kind: 'partition', groups, when: 'first new task running', for: '1m' }], { cluster });
    expect(rehearsal.injections[0]).toMatchObject({ fate: 'applied', targets: groups.flat() });
    expect(rehearsal.swarm.leader?.name).not.toBe('m1');
    expect(rehearsal.swarm.network.describe().rules).toEqual([]);
    expect(outcomeOf(rehearsal)).toBe('completed');
  });
});

describe('a fault', () => {
  test.each([
    ['all are started', { kind: 'image-fails', at: '10m' }, {}, 'expired'],
    ['all have been pulled', { kind: 'registry-outage', when: 'completed' }, {}, 'expired'],
    ['the first is made', { kind: 'pull-fails', at: '0s', for: '1ms' }, {}, 'applied'],
    [
      'a crash makes a new one',
      { kind: 'registry-outage', at: '8m' },
      { kind: 'container-crash', at: '9m' },
      'applied',
    ],
  ] as const)('about new containers that comes when %s has met somebody, or not', (_, fault, other, fate) => {
    const faults = [fault, other].filter((one) => 'kind' in one);
    expect(during(faults as readonly Fault[]).injections[0]!.fate).toBe(fate);
  });

  test.each(['node-freeze', 'node-disconnect', 'node-drain'] as const)(
    'that does what has been done finds nothing to strike, and ends nothing: %s',
    (kind) => {
      const rehearsal = during([
        { kind, node: 'w2', at: '20s', for: '8s' },
        { kind, node: 'w2', at: '21s', for: '1s' },
      ]);
      const undone = rehearsal.swarm.trace.records.flatMap((record) =>
        (record.kind === 'fault.injected' && ['thaw', 'reconnect'].includes(record.fault)) ||
        (record.kind === 'node.changed' && record.availability === 'active' && record.at > rehearsal.deployedAt)
          ? [record.at - rehearsal.deployedAt]
          : [],
      );
      expect(rehearsal.injections.map(({ fate }) => fate)).toEqual(['applied', 'matched nothing']);
      expect(Math.min(...undone)).toBeGreaterThanOrEqual(28e6);
    },
  );

  test('about images means those that the release brings, and no others', () => {
    const both = (version: number) => stackOf(`services: {api: {image: "api:${version}"}, web: {image: "web:1"}}`);
    const release = { from: both(1), to: both(2) };
    const { injections } = rehearse(release, defineScenario({ faults: [{ kind: 'image-fails' }] }), 1);
    expect(injections[0]!.targets).toEqual(['api:2']);
    const again = rehearse({ from: both(1), to: both(1) }, defineScenario({ faults: [{ kind: 'image-fails' }] }), 1);
    expect(again.injections[0]!.targets).toEqual(['api:1', 'web:1']);
  });

  test('strikes when all is done that its instant asks for', () => {
    const swarm = createSwarm({ workers: 2 });
    const release = { from: apiStack(1), to: apiStack(2) };
    deployStack(swarm, release.from);
    swarm.runUntilSettled();
    const { id, object } = swarm.service('shop_api');
    const rollout: RolloutView = {
      get services() {
        return swarm.view.services.all();
      },
      tasksOf: () => swarm.service('shop_api').tasks(),
      versionBefore: (asked) => (asked === id ? object.specVersion : undefined),
    };
    const faults = new FaultSchedule({ faults: [{ kind: 'image-fails', when: 'updating' }], seed: 1, from: swarm.now });
    let struck: { readonly at: number; readonly records: number } | undefined;
    class Port extends SwarmFaultPort {
      override trouble(): void {
        struck = { at: swarm.now, records: swarm.trace.records.length };
      }
    }
    const port = new Port({ swarm, images: {}, release });
    swarm.schedule({
      action: 'request',
      request: { op: 'updateService', id, version: object.version, spec: release.to.services[0]! },
    });
    runOut({ swarm, faults, port, rollout, patience: '1h' });

    expect(struck).toBeDefined();
    expect(swarm.trace.records.slice(struck!.records).filter(({ at }) => at === struck!.at)).toEqual([]);
    expect(swarm.trace.records[struck!.records - 1]!.at).toBe(struck!.at);
  });
});

describe('what a fault names', () => {
  test.each([
    [{ kind: 'node-crash', node: 'w9' }, 'node-crash: there is no node w9'],
    [{ kind: 'image-fails', image: 'shop/api:9' }, 'image-fails: there is no image shop/api:9'],
    [{ kind: 'image-fails', nodes: ['w1', 'w8'] }, 'image-fails: there is no node w8'],
    [{ kind: 'container-crash', service: 'web' }, 'container-crash: there is no service web'],
    [{ kind: 'partition', groups: [['m1'], ['m7']] }, 'partition: there is no node m7'],
    [{ kind: 'leader-crash', when: 'updating', of: 'web' }, 'leader-crash: there is no service web'],
  ] as const)('has to be there: %j', (fault, message) => {
    expect(() => during([fault])).toThrow(message);
    expect(() => during([{ ...fault, optional: true }])).not.toThrow();
  });

  test('may be a service by its name in the Compose file, and an image without its tag', () => {
    const rehearsal = during([{ kind: 'container-crash', service: 'api', image: 'shop/api:1', at: '0s' }]);
    expect(rehearsal.injections[0]!.fate).toBe('applied');
  });
});
