import { describe, expect, test } from 'vitest';
import { defineScenario, type Inputs, parseToken, rehearse, replay, tokenOf } from '../../../src/evaluate/index.ts';
import { apiStack } from '../../support/rehearsal-stack.ts';

const INPUTS: Inputs = {
  variants: [
    { label: 'A', release: { from: apiStack(1), to: apiStack(2) } },
    { label: 'B', release: { from: apiStack(1), to: apiStack(2, { deploy: ', failure_action: rollback' }) } },
  ],
  scenarios: [
    defineScenario({ images: { 'shop/api:2': { pull: '3s ± 1s' } } }),
    defineScenario({ images: { 'shop/api:2': { fails: { after: '3s' } } }, faults: [{ kind: 'node-crash' }] }),
  ],
};
const CHOICE = { scenario: 1, variant: 1, seed: 5 };

describe('a replay', () => {
  test('is the very rehearsal of its token', () => {
    const { scenario, variant, rehearsal } = replay(parseToken(tokenOf(INPUTS, CHOICE, '1.0.0')), INPUTS, '1.0.0');
    const original = rehearse(INPUTS.variants[1]!.release, INPUTS.scenarios[1]!, 5);
    expect([scenario, variant]).toEqual([INPUTS.scenarios[1], INPUTS.variants[1]]);
    expect(rehearsal.swarm.trace.records).toEqual(original.swarm.trace.records);
    expect(rehearsal.injections).toEqual(original.injections);
  });

  test('is refused where anything is different that decides about it', () => {
    const token = parseToken(tokenOf(INPUTS, CHOICE, '1.0.0'));
    const [first, second] = INPUTS.scenarios;
    const withScenario = (scenario: typeof second) => ({ ...INPUTS, scenarios: [first!, scenario!] });
    const refused = expect.objectContaining({ code: 'other-input' });
    for (const inputs of [
      { ...INPUTS, variants: [INPUTS.variants[0]!] },
      { ...INPUTS, variants: [...INPUTS.variants].reverse() },
      withScenario({ ...second!, patience: '2h' }),
      withScenario({ ...second!, cluster: { workers: 4 } }),
      withScenario({ ...second!, faults: [] }),
      withScenario({ ...second!, images: {} }),
    ]) {
      expect(() => replay(token, inputs, '1.0.0')).toThrow(refused);
    }
    expect(() => replay(token, INPUTS, '1.0.1')).toThrow(expect.objectContaining({ code: 'other-version' }));
  });

  test('does not mind what is expected, or how things are called', () => {
    const token = parseToken(tokenOf(INPUTS, CHOICE, '1.0.0'));
    const scenarios = INPUTS.scenarios.map((scenario) => ({ ...scenario, name: 'x', expect: { outcome: [] } }));
    const variants = INPUTS.variants.map((variant) => ({ ...variant, label: 'y' }));
    expect(() => replay(token, { scenarios, variants }, '1.0.0')).not.toThrow();
  });
});
