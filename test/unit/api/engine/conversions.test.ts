import { describe, expect, test } from 'vitest';
import {
  type Engine,
  insertDefaults,
  networkSpecFromEngine,
  networkToEngine,
  nodeSpecFromEngine,
  type Service,
  serviceSpecFromEngine,
  serviceSpecToEngine,
  serviceToEngine,
  swarmSpecFromEngine,
  type Task,
  TaskState,
  taskToEngine,
  toRfc3339,
} from '../../../../src/api/index.ts';

const minimal: Engine.ServiceSpec = { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'nginx' } } };

function withTask(task: Engine.TaskSpec): Engine.ServiceSpec {
  return { ...minimal, TaskTemplate: { ...minimal.TaskTemplate, ...task } };
}

describe('a service on its way into the engine', () => {
  test('a bare service becomes one replica without further settings', () => {
    expect(serviceSpecFromEngine(minimal)).toEqual({
      name: 'web',
      labels: {},
      task: { container: { image: 'nginx' }, forceUpdate: 0 },
      mode: { kind: 'replicated', replicas: 1 },
    });
  });

  test('a monitor of 0 is nothing, a restart delay of 0 is kept', () => {
    const spec = serviceSpecFromEngine({
      ...withTask({ RestartPolicy: { Delay: 0 } }),
      UpdateConfig: { Parallelism: 0, Monitor: 0 },
    });
    expect(spec.update).toEqual({
      parallelism: 0,
      delay: 0,
      failureAction: 'pause',
      maxFailureRatio: 0,
      order: 'stop-first',
    });
    expect(spec.task.restart).toEqual({ condition: 'any', maxAttempts: 0, delay: 0 });
  });

  test('jobs default to one task at a time, and as many in all', () => {
    expect(serviceSpecFromEngine({ ...minimal, Mode: { ReplicatedJob: {} } }).mode).toEqual({
      kind: 'replicated-job',
      maxConcurrent: 1,
      totalCompletions: 1,
    });
    expect(serviceSpecFromEngine({ ...minimal, Mode: { ReplicatedJob: { MaxConcurrent: 4 } } }).mode).toEqual({
      kind: 'replicated-job',
      maxConcurrent: 4,
      totalCompletions: 4,
    });
  });

  test('ports default to tcp and ingress', () => {
    expect(serviceSpecFromEngine({ ...minimal, EndpointSpec: { Ports: [{ TargetPort: 80 }] } }).endpoint).toEqual({
      mode: 'vip',
      ports: [{ protocol: 'tcp', targetPort: 80, publishedPort: 0, publishMode: 'ingress' }],
    });
  });

  test.each<[string, Engine.ServiceSpec]>([
    ['mismatched Runtime and *Spec fields', { Name: 'web', TaskTemplate: {} }],
    ['unsupported runtime', withTask({ Runtime: 'attachment' })],
    ['unrecognized update failure action x', { ...minimal, UpdateConfig: { FailureAction: 'x' } }],
    ['unrecognized update order x', { ...minimal, RollbackConfig: { Order: 'x' } }],
    ['invalid RestartCondition: "x"', withTask({ RestartPolicy: { Condition: 'x' } })],
    ['invalid resolution mode: "x"', { ...minimal, EndpointSpec: { Mode: 'x' } }],
    ['must specify only one service mode', { ...minimal, Mode: { Global: {}, GlobalJob: {} } }],
    ['invalid MountType: "image"', withTask({ ContainerSpec: { Image: 'i', Mounts: [{ Type: 'image' }] } })],
    [
      'invalid MountPropagation: "x"',
      withTask({ ContainerSpec: { Image: 'i', Mounts: [{ Type: 'bind', BindOptions: { Propagation: 'x' } }] } }),
    ],
  ])('%s', (message, spec) => {
    expect(() => serviceSpecFromEngine(spec)).toThrowError(
      expect.objectContaining({ message, name: 'InvalidParameterError' }),
    );
  });
});

describe('a service on its way out', () => {
  const spec = serviceSpecFromEngine({
    ...withTask({
      ContainerSpec: {
        Image: 'nginx',
        Init: false,
        StopGracePeriod: 0,
        Mounts: [{ Type: 'volume', Source: 'v', Target: '/v', VolumeOptions: { NoCopy: true } }],
        Privileges: { CredentialSpec: { Config: 'c', File: '', Registry: '' } },
        Configs: [{ ConfigID: 'c', ConfigName: 'n', Runtime: {} }],
        DNSConfig: {},
      },
      Resources: { Limits: { NanoCPUs: 5, Pids: 3 }, Reservations: {} },
      Placement: { Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }], MaxReplicas: 2 },
      Networks: [{ Target: 'n1', Aliases: ['web'] }],
    }),
    Mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 5 } },
    RollbackConfig: { Parallelism: 1, Monitor: 7, Order: 'start-first' },
    EndpointSpec: { Mode: 'dnsrr', Ports: [{ TargetPort: 80, PublishMode: 'host' }] },
  });

  test('going out and in again changes nothing', () => {
    expect(serviceSpecFromEngine(serviceSpecToEngine(spec))).toEqual(spec);
  });

  test('the engine shows what it filled in', () => {
    expect(serviceSpecToEngine(serviceSpecFromEngine(minimal))).toEqual({
      Name: 'web',
      Labels: {},
      TaskTemplate: {
        ContainerSpec: { Image: 'nginx', Isolation: 'default' },
        ForceUpdate: 0,
        Runtime: 'container',
      },
      Mode: { Replicated: { Replicas: 1 } },
    });
  });

  test('defaults are inserted on request', () => {
    const shown = serviceSpecToEngine(insertDefaults(serviceSpecFromEngine(minimal)));
    expect(shown.UpdateConfig).toEqual({
      Parallelism: 1,
      FailureAction: 'pause',
      Monitor: 5e9,
      MaxFailureRatio: 0,
      Order: 'stop-first',
    });
    expect(shown.TaskTemplate).toMatchObject({
      ContainerSpec: { StopGracePeriod: 10e9, DNSConfig: {} },
      Resources: {},
      RestartPolicy: { Condition: 'any', Delay: 5e9, MaxAttempts: 0 },
      Placement: {},
    });
  });

  test('times are dates after the epoch that is asked for', () => {
    const service: Service = {
      id: 's1',
      version: 11,
      createdAt: 0,
      updatedAt: 1_500_000,
      spec: serviceSpecFromEngine(minimal),
      updateStatus: { state: 'updating', message: 'update in progress', startedAt: 2_000_001 },
    };
    const shown = serviceToEngine(service, { epochMs: Date.UTC(2030, 0, 1) });
    expect([shown.CreatedAt, shown.UpdatedAt, shown.UpdateStatus]).toEqual([
      '2030-01-01T00:00:00Z',
      '2030-01-01T00:00:01.5Z',
      { State: 'updating', Message: 'update in progress', StartedAt: '2030-01-01T00:00:02.000001Z' },
    ]);
    expect(toRfc3339(-1)).toBe('2023-12-31T23:59:59.999999Z');
  });
});

test('a task is shown without a slot if it has none', () => {
  const task: Task = {
    id: 't1',
    version: 5,
    createdAt: 0,
    updatedAt: 0,
    serviceId: 's1',
    slot: 0,
    nodeId: 'n1',
    spec: serviceSpecFromEngine(minimal).task,
    serviceName: 'web',
    serviceLabels: {},
    status: {
      state: TaskState.FAILED,
      message: 'started',
      err: 'task: non-zero exit (1)',
      timestamp: 1,
      container: {},
    },
    desiredState: TaskState.SHUTDOWN,
  };
  const shown = taskToEngine(task);
  expect(shown).toMatchObject({
    NodeID: 'n1',
    DesiredState: 'shutdown',
    Status: { State: 'failed', Err: 'task: non-zero exit (1)', ContainerStatus: { ExitCode: 0 }, PortStatus: {} },
    Volumes: null,
  });
  expect(shown).not.toHaveProperty('Slot');
  expect(shown.Spec).not.toHaveProperty('Runtime');
});

describe('nodes, swarms and networks', () => {
  test('roles and availabilities are read in any case, and nothing else', () => {
    expect(nodeSpecFromEngine({ Role: 'Manager', Availability: 'DRAIN' })).toEqual({
      labels: {},
      role: 'manager',
      availability: 'drain',
    });
    expect(() => nodeSpecFromEngine({ Role: 'boss', Availability: 'active' })).toThrowError('invalid Role: "boss"');
    expect(() => nodeSpecFromEngine({ Role: 'worker' })).toThrowError('invalid Availability: ""');
  });

  test('what a swarm update leaves out is nothing from then on', () => {
    expect(swarmSpecFromEngine({ Raft: { SnapshotInterval: 0, ElectionTick: 20 } })).toEqual({
      name: 'default',
      labels: {},
      orchestration: { taskHistoryRetentionLimit: 0 },
      dispatcher: { heartbeatPeriod: 0 },
      raft: {
        snapshotInterval: 0,
        keepOldSnapshots: 0,
        logEntriesForSlowFollowers: 0,
        electionTick: 20,
        heartbeatTick: 0,
      },
      autoLockManagers: false,
    });
  });

  test('a network keeps what it was created with', () => {
    const spec = networkSpecFromEngine({ Name: 'n', Driver: 'overlay', Attachable: true, Options: { encrypted: '' } });
    expect(networkToEngine({ id: 'x', version: 1, createdAt: 0, updatedAt: 0, spec })).toMatchObject({
      Name: 'n',
      Id: 'x',
      Scope: 'swarm',
      Driver: 'overlay',
      Attachable: true,
      Options: { encrypted: '' },
    });
  });
});
