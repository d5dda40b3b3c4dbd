import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyModel, type SwarmCommand, swarmCommands } from '../../src/fast-check/index.ts';
import { createSwarm } from '../../src/index.ts';
import { runs } from '../support/runs.ts';

function setup() {
  const real = createSwarm({ managers: 1, workers: 2 });
  real.runUntilSettled();
  return { model: emptyModel(), real };
}

describe('commands over a swarm and its model', () => {
  test('agree whenever the swarm is at rest', () => {
    fc.assert(
      fc.property(fc.commands(swarmCommands(), { maxCommands: 20 }), (commands) => fc.modelRun(setup, commands)),
      { numRuns: runs(40) },
    );
  });

  test('shrink to the few that break a rule of one’s own, printed as code', () => {
    const smallOnly: SwarmCommand = {
      check: () => true,
      run: (_, swarm) => {
        swarm.runUntilSettled();
        if (swarm.services.all().some((service) => service.running > 2)) throw new Error('too many');
      },
      toString: () => 'atMostTwo();',
    };
    const details = fc.check(
      fc.property(fc.commands([...swarmCommands(), fc.constant(smallOnly)], { maxCommands: 20 }), (commands) =>
        fc.modelRun(setup, commands),
      ),
      { seed: 1 },
    );
    expect(details.failed).toBe(true);
    const code = String(details.counterexample?.[0])
      .replace(/\/\*.*\*\/$/, '')
      .trim();
    expect(code).toMatch(/^swarm\.services\.create\(\{ name: 'a', image: 'app:v1', replicas: 3 \}\);,atMostTwo\(\);$/);
  });

  test('notice a swarm that is not as it was asked to be', () => {
    const details = fc.check(
      fc.property(fc.commands(swarmCommands({ services: ['a'] }), { maxCommands: 20 }), (commands) => {
        const both = setup();
        const { request } = both.real;
        // A control API that forgets to remove.
        both.real.request = ((call, options) =>
          call.op === 'removeService' ? undefined : request.call(both.real, call, options)) as typeof request;
        fc.modelRun(() => both, commands);
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(String(details.errorInstance)).toContain('service a should not be there');
  });
});
