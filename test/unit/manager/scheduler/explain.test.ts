import { describe, expect, it } from 'vitest';
import {
  createScheduler,
  explainPlacement,
  type PlacementExplanation,
} from '../../../../src/manager/scheduler/index.ts';
import { type ClusterContents, several, storeWith } from '../../../support/scheduler-cluster.ts';

function explain(contents: ClusterContents): PlacementExplanation {
  const store = storeWith(contents);
  return explainPlacement(createScheduler(store, 0), store.tasks.get('t')!, store, 0);
}

/** What is said of each node that was refused. */
function reasons(contents: ClusterContents): readonly (readonly string[])[] {
  return explain(contents).verdicts.map((verdict) => {
    return verdict.kind === 'refused' ? [verdict.nodeId, verdict.filter, verdict.reason] : [verdict.nodeId, 'fits'];
  });
}

const task = { id: 't', service: 'web' };

describe('explaining a placement', () => {
  it('names for each node the first filter that refuses it, in a user’s words', () => {
    const service = {
      id: 'web',
      reservations: { nanoCPUs: 2e9, memoryBytes: 5, generic: [{ kind: 'gpu', value: 1 }] },
      networkDrivers: ['overlay'],
      constraints: ['node.labels.tier==front', 'node.role!=manager'],
      platforms: [{ os: 'linux', arch: 'amd64' }],
      ports: [{ published: 80, mode: 'host' as const }],
      maxReplicasPerNode: 1,
    };
    const roomy = { nanoCPUs: 9e9, memoryBytes: 10, generic: [{ kind: 'gpu', value: 9 }] };
    const linux = { os: 'linux', arch: 'x86_64' };
    const front = { labels: { tier: 'front' }, resources: roomy };
    const nodes = [
      { id: 'a', availability: 'pause' as const },
      { id: 'b', status: 'down' as const },
      { id: 'c', resources: { nanoCPUs: 5e8, memoryBytes: 5 } },
      { id: 'd', resources: roomy, engine: { plugins: [] } },
      { id: 'e', resources: roomy, role: 'manager' as const },
      { id: 'f', ...front },
      { id: 'g', ...front, platform: { os: 'windows', arch: 'amd64' } },
      { id: 'h', ...front, platform: linux },
      { id: 'i', ...front, platform: linux },
    ];
    const tasks = [task, { id: 'r', service: 'web', nodeId: 'h' }];

    expect(reasons({ nodes, services: [service], tasks })).toEqual([
      ['i', 'fits'],
      ['a', 'ready', 'its availability is pause'],
      ['b', 'ready', 'its state is down'],
      ['c', 'resources', 'not enough left: 2 CPUs reserved, 0.5 free, too few of gpu'],
      ['d', 'plugins', 'it has no network plugin overlay'],
      ['e', 'constraints', 'it does not satisfy node.labels.tier == front, node.role != manager'],
      ['f', 'platform', 'the image is for linux/amd64, the node reports no platform'],
      ['g', 'platform', 'the image is for linux/amd64, the node is windows/amd64'],
      ['h', 'host-port', 'in use there: tcp/80'],
    ]);
  });

  it('says any for what an image leaves open of its platform', () => {
    for (const [platform, wanted] of [
      [{ os: 'linux' }, 'linux/any'],
      [{ arch: 'arm64' }, 'any/arm64'],
    ] as const) {
      const nodes = [{ id: 'n', platform: { os: 'windows', arch: 'amd64' } }];

      expect(reasons({ nodes, services: [{ id: 'web', platforms: [platform] }], tasks: [task] })).toEqual([
        ['n', 'platform', `the image is for ${wanted}, the node is windows/amd64`],
      ]);
    }
  });

  it('says by which count a node is worse than the best', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
    const tasks = [
      task,
      ...several(2, { id: 'x', service: 'web', nodeId: 'b' }),
      { id: 'y', service: 'db', nodeId: 'c' },
    ];

    const { nodeId, verdicts } = explain({ nodes, services: [{ id: 'web' }, { id: 'db' }], tasks });

    expect(nodeId).toBeUndefined();
    expect(verdicts.map((verdict) => verdict.kind === 'fits' && [verdict.nodeId, verdict.standing])).toEqual([
      ['a', 'best'],
      ['d', 'equal'],
      ['c', { worseBy: 'total', count: 1 }],
      ['b', { worseBy: 'ofService', count: 2 }],
    ]);
  });

  it('leaves the task itself out of the counts', () => {
    const tasks = [{ ...task, nodeId: 'a' }];

    const { nodeId, verdicts } = explain({ nodes: [{ id: 'a' }], services: [{ id: 'web' }], tasks });

    expect(nodeId).toBe('a');
    expect(verdicts).toMatchObject([{ kind: 'fits', nodeId: 'a', rank: { ofService: 0, total: 0 } }]);
  });

  it('tells the branches of the placement preferences, with the tasks on all of their nodes', () => {
    const service = { id: 'web', preferences: ['node.labels.zone', 'node.hostname', 'node.labels.rack'] };
    const nodes = [
      { id: 'a', labels: { zone: 'z', rack: '1' } },
      { id: 'b', labels: { zone: 'z', rack: '2' }, availability: 'drain' as const },
    ];

    const { verdicts } = explain({
      nodes,
      services: [service],
      tasks: [task, { id: 'r', service: 'web', nodeId: 'b' }],
    });

    expect(verdicts[0]).toMatchObject({
      nodeId: 'a',
      branch: [
        { spread: 'node.labels.zone', value: 'z', tasks: 1 },
        { spread: 'node.labels.rack', value: '1', tasks: 0 },
      ],
    });
  });
});
