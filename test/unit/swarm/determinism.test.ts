import { expect, test } from 'vitest';
import { DryswarmError } from '../../../src/base/index.ts';
import { checkDeterminism, createSwarm, type SwarmOptions } from '../../../src/swarm/index.ts';

function run(options: SwarmOptions) {
  const swarm = createSwarm(options);
  swarm.services.create({ name: 'web', image: 'web:v1', replicas: 2 });
  swarm.runUntilSettled();
  return swarm;
}

test('a run that takes everything from its seed is the same each time', () => {
  expect(() => checkDeterminism(() => run({ seed: 7 }))).not.toThrow();
});

test('the first record in which two runs differ is told, with what was there each time', () => {
  let seed = 0;
  const differing = () => {
    seed += 1;
    return run({ seed });
  };
  expect(() => checkDeterminism(differing)).toThrow(
    /^two runs differ, first in record 3\n {2}the first time: {2}0s m1\/control-api service\.created .*"name":"web"\}\n {2}the second time: 0s m1/,
  );
});

test('a run that goes on for longer differs where the other one has ended', () => {
  let rounds = 0;
  const longer = () => {
    const swarm = run({});
    rounds += 1;
    swarm.service('web').scale(2 + rounds);
    if (rounds > 1) swarm.run({ for: '10s' });
    return swarm;
  };
  expect(() => checkDeterminism(longer)).toThrow('two runs differ, first in record');
});

test('with the hash of the trace alone it is told that the runs differ, and not where', () => {
  let seed = 0;
  const differing = () => {
    seed += 1;
    return run({ seed, trace: { kind: 'hash' } });
  };
  expect(() => checkDeterminism(differing)).toThrow('the first time the hash of all records was');
  expect(() => checkDeterminism(() => run({ trace: { kind: 'hash' } }))).not.toThrow();
});

test('without a trace there is nothing to compare, which is an error', () => {
  const check = () => checkDeterminism(() => run({ trace: { kind: 'off' } }));
  expect(check).toThrow(DryswarmError);
  expect(check).toThrow('the run kept no trace');
});
