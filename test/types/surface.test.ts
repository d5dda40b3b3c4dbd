/** What TypeScript makes of the library: these are checked by `npm run typecheck`, and run to no effect. */
import { describe, expectTypeOf, test } from 'vitest';
import type { ComposeConfig, LoadOptions, loadCompose } from '../../src/compose/index.ts';
import { type DockerResult, docker } from '../../src/docker-cli/index.ts';
import { type defineScenario, type evaluate, type Gate, parseGate, type Scenario } from '../../src/evaluate/index.ts';
import type { Fault } from '../../src/faults/index.ts';
import {
  createSwarm,
  type Explanation,
  type Instant,
  type Micros,
  minutes,
  type NodeHandle,
  type ServiceDefinition,
  type ServiceHandle,
  type ServiceSpec,
  type Swarm,
  type SwarmRecord,
  seconds,
  type Task,
} from '../../src/index.ts';
import type { Raft, RaftOptions, Ready, Refusal } from '../../src/raft/index.ts';
import { RandomStreams, type Simulator } from '../../src/sim/index.ts';

const swarm = createSwarm();
const web = swarm.services.create({ name: 'web', image: 'web:v1' });

describe('a swarm', () => {
  test('is created from options that are all optional, and no others', () => {
    expectTypeOf(createSwarm).toBeCallableWith();
    expectTypeOf(createSwarm).toBeCallableWith({ managers: 3, workers: 2, seed: 'a', trace: { kind: 'full' } });
    // @ts-expect-error a misspelled option is no option
    expectTypeOf(createSwarm).toBeCallableWith({ manager: 3 });
    // @ts-expect-error nodes are counted
    expectTypeOf(createSwarm).toBeCallableWith({ managers: '3' });
  });

  test('runs for a duration, given as text or as microseconds', () => {
    expectTypeOf(swarm.run).toBeCallableWith({ for: '5m' });
    expectTypeOf(swarm.run).toBeCallableWith({ for: minutes(5) });
    expectTypeOf(swarm.run).returns.toBeVoid();
    expectTypeOf(seconds(1)).toEqualTypeOf<Micros>();
    expectTypeOf(swarm.now).toEqualTypeOf<Instant>();
  });

  test('has handles of services and nodes, and forks into another one', () => {
    expectTypeOf(swarm.service('web')).toEqualTypeOf<ServiceHandle>();
    expectTypeOf(swarm.leader).toEqualTypeOf<NodeHandle | undefined>();
    expectTypeOf(swarm.fork()).toEqualTypeOf<Swarm>();
    expectTypeOf(swarm.explain).parameters.toEqualTypeOf<[Task]>();
    expectTypeOf(swarm.explain).returns.toEqualTypeOf<Explanation>();
  });

  test('keeps records that are told apart by their kind', () => {
    const record = {} as SwarmRecord;
    if (record.kind === 'fault.injected') expectTypeOf(record.fault).toBeString();
    // @ts-expect-error no record is of this kind
    expectTypeOf(record.kind === 'fault.infected').toBeBoolean();
  });
});

describe('a service', () => {
  test('needs a name and an image, and its policies are spelled as in Compose files', () => {
    expectTypeOf<Pick<ServiceDefinition, 'name' | 'image'>>().toExtend<{ name: string; image: string }>();
    expectTypeOf(swarm.services.create).toBeCallableWith({
      name: 'api',
      image: 'api:v1',
      update: { parallelism: 2, order: 'start-first', failureAction: 'rollback' },
    });
    // @ts-expect-error Swarm knows no such order
    expectTypeOf(swarm.services.create).toBeCallableWith({ name: 'api', image: 'a', update: { order: 'both-first' } });
    // @ts-expect-error nothing runs without an image
    expectTypeOf(swarm.services.create).toBeCallableWith({ name: 'api' });
  });

  test('is changed by a recipe or by a whole specification', () => {
    expectTypeOf(web.update).toBeCallableWith((definition) => {
      expectTypeOf(definition.image).toEqualTypeOf<string>();
      definition.image = 'web:v2';
    });
    expectTypeOf(web.update).toBeCallableWith({} as ServiceSpec);
  });

  test('is read only', () => {
    // @ts-expect-error tasks are what the swarm makes them
    expectTypeOf(web.tasks()).toEqualTypeOf<Task[]>();
    const scale = () => {
      // @ts-expect-error there is a method for that
      web.replicas = 3;
    };
    expectTypeOf(scale).toBeFunction();
  });
});

describe('raft', () => {
  test('carries data of any type, and is never asked without randomness', () => {
    expectTypeOf<ReturnType<typeof Raft.start<{ key: string }>>>().toEqualTypeOf<
      Raft<{ key: string }, { key: string }>
    >();
    expectTypeOf<Raft<number>['propose']>().parameters.toEqualTypeOf<[number]>();
    expectTypeOf<Raft<number>['propose']>().returns.toEqualTypeOf<Refusal | undefined>();
    expectTypeOf<Raft<number, string>['ready']>().returns.toEqualTypeOf<Ready<number, string>>();
    expectTypeOf<RaftOptions['random']>().toEqualTypeOf<(below: number) => number>();
    // @ts-expect-error randomness is handed in
    const options: RaftOptions = { id: 1 };
    expectTypeOf(options).toEqualTypeOf<RaftOptions>();
  });
});

test('a simulator knows the events that it queues, and streams give numbers', () => {
  type Events = { kind: 'ring' } | { kind: 'answer'; by: string };
  expectTypeOf<Simulator<Events>['schedule']>().parameter(1).toEqualTypeOf<Events>();
  expectTypeOf(new RandomStreams(1).stream('a').next()).toBeNumber();
});

test('compose files become a configuration', () => {
  expectTypeOf<ReturnType<typeof loadCompose>>().toEqualTypeOf<ComposeConfig>();
  expectTypeOf<Parameters<typeof loadCompose>[1]>().toEqualTypeOf<LoadOptions | undefined>();
});

test('docker is a function of a swarm and a line', () => {
  expectTypeOf(docker(swarm, 'docker node ls')).toEqualTypeOf<DockerResult>();
  // @ts-expect-error a daemon alone does not know the time
  expectTypeOf(docker).toBeCallableWith({} as Parameters<typeof docker>[0], 'node ls', { clock: true });
});

test('a scenario has faults that there are, and a gate is read from text', () => {
  expectTypeOf<ReturnType<typeof defineScenario>>().toEqualTypeOf<Scenario>();
  expectTypeOf<Parameters<typeof evaluate>[0]['gates']>().toEqualTypeOf<readonly Gate[] | undefined>();
  expectTypeOf(parseGate('stuck')).toEqualTypeOf<Gate>();
  expectTypeOf<{ kind: 'leader-crash'; at: 'during update' }>().toExtend<Partial<Fault>>();
  expectTypeOf<{ kind: 'leader-cash' }>().not.toExtend<Partial<Fault>>();
});
