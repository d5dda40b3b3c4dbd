/** What TypeScript makes of the kit: these are checked by `npm run typecheck`, and run to no effect. */
import type fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  always,
  type Claim,
  clusters,
  faultPlans,
  findExample,
  laws,
  type ReadyLaw,
  type Scenario,
  type ScenarioRun,
  scenarios,
  services,
  swarmCommands,
  updatePolicies,
  workloads,
} from '../../src/fast-check/index.ts';
import type { Fault } from '../../src/faults/index.ts';
import {
  checkDeterminism,
  createSwarm,
  type ImageDefinition,
  type ServiceDefinition,
  type ServiceHandle,
  type Swarm,
  type SwarmOptions,
  type UpdateDefinition,
} from '../../src/index.ts';
import { test as withSwarm } from '../../src/vitest/index.ts';

const swarm = createSwarm();
const web = swarm.services.create({ name: 'web', image: 'web:v1' });

describe('matchers', () => {
  test('are offered by expect, negated, softly and again and again', () => {
    expectTypeOf(expect(web).toHaveRolledBack).toEqualTypeOf<() => void>();
    expectTypeOf(expect(web).not.toHaveKeptRunning).toBeCallableWith({ atLeast: 2 });
    expectTypeOf(expect.soft(swarm).toHaveLeader).toBeCallableWith('m1');
    expectTypeOf(expect.poll(() => web).toHaveRunning).toBeCallableWith(3);
  });

  test('know what they are given', () => {
    // @ts-expect-error a part is a number
    expectTypeOf(expect(web).toHaveStayedAvailable).toBeCallableWith('75%');
    expectTypeOf(expect(web).toMatchTimeline).toBeCallableWith(['a', /b/, { kind: 'update.changed', state: 'paused' }]);
    // @ts-expect-error there is no such record
    expectTypeOf(expect(web).toMatchTimeline).toBeCallableWith([{ kind: 'update.chnged' }]);
  });
});

withSwarm('a test has a swarm and its options', ({ swarm: own, swarmOptions }) => {
  expectTypeOf(own).toEqualTypeOf<Swarm>();
  expectTypeOf(swarmOptions).toEqualTypeOf<SwarmOptions>();
});

describe('arbitraries', () => {
  test('give what createSwarm and services.create take', () => {
    expectTypeOf(clusters()).toEqualTypeOf<fc.Arbitrary<SwarmOptions>>();
    expectTypeOf(services()).toEqualTypeOf<fc.Arbitrary<ServiceDefinition>>();
    expectTypeOf(updatePolicies()).toEqualTypeOf<fc.Arbitrary<UpdateDefinition>>();
    expectTypeOf(workloads()).toEqualTypeOf<fc.Arbitrary<ImageDefinition>>();
    expectTypeOf(faultPlans()).toEqualTypeOf<fc.Arbitrary<readonly Fault[]>>();
  });

  test('of scenarios know the faults and commands that there are', () => {
    expectTypeOf(scenarios()).toEqualTypeOf<fc.Arbitrary<Scenario>>();
    expectTypeOf<Scenario['run']>().returns.toEqualTypeOf<ScenarioRun>();
    // @ts-expect-error there is no such fault
    expectTypeOf(scenarios).toBeCallableWith({ faults: ['image-explodes'] });
  });

  test('of commands are for fast-check', () => {
    expectTypeOf(swarmCommands()[0]!).toExtend<fc.Arbitrary<fc.Command<{ drained: Set<string> }, Swarm>>>();
  });
});

test('an example is of the type that it was drawn from', () => {
  expectTypeOf(findExample<number>).returns.toEqualTypeOf<number>();
});

test('claims are about a swarm', () => {
  expectTypeOf(always('it is', (now) => now.now >= 0)).toEqualTypeOf<Claim>();
  expectTypeOf(always).parameter(1).toEqualTypeOf<(swarm: Swarm) => boolean>();
});

test('laws have a name and an assertion', () => {
  expectTypeOf(laws.swarm()).toEqualTypeOf<readonly ReadyLaw[]>();
  expectTypeOf(laws.raft).toBeCallableWith({ electionTicks: 10 });
});

test('a run that can be checked is a swarm, or whatever keeps a trace', () => {
  expectTypeOf(checkDeterminism).toBeCallableWith(() => createSwarm());
  // @ts-expect-error a service keeps no trace
  expectTypeOf(checkDeterminism).toBeCallableWith((): ServiceHandle => web);
});
