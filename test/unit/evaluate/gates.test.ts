import { describe, expect, test } from 'vitest';
import { isHit, parseGate, type ServiceResult } from '../../../src/evaluate/index.ts';

const RESULT: ServiceResult = {
  service: 'shop_api',
  wanted: 6,
  images: { before: 'api:1', after: 'api:2' },
  outcome: 'paused',
  atRest: false,
  duration: 90e6,
  detection: 30e6,
  lowestRunning: 4,
  exposure: 3,
  failures: 2,
  versionMix: {},
};

describe('a gate is hit', () => {
  test.each([
    ['lowest running < 5', true],
    ['lowest running < 4', false],
    ['lowest running <= 4', true],
    ['lowest running = 4', true],
    ['lowest running != 4', false],
    ['exposed >= 50%', true],
    ['exposed > 50%', false],
    ['failed tasks > 1', true],
    ['failed tasks == 2', true],
    ['duration > 1m', true],
    ['duration > 1m30s', false],
    ['detection < 31s', true],
    ['took > 1m', true],
    ['detected after > 30s', false],
    ['ran the new version >= 3', true],
    ['paused', true],
    ['stuck', false],
    ['rollback paused', false],
    ['outcome is paused', true],
    ['outcome is not completed', true],
    ['outcome == rolled back', false],
    ['outcome != paused', false],
    ['not at rest', true],
    ['api: paused', true],
    ['shop_api: lowest running < 5', true],
    ['web: paused', false],
    ['  shop_api :  failed tasks>1  ', true],
  ])('%s: %s', (text, hit) => {
    expect(isHit(parseGate(text), RESULT)).toBe(hit);
  });

  test('never by what was not measured', () => {
    const { duration: _, lowestRunning: __, ...rest } = RESULT;
    const unmeasured = { ...rest, duration: undefined, lowestRunning: undefined };
    for (const text of ['duration > 0s', 'duration < 9h', 'lowest running < 9', 'lowest running >= 0'])
      expect(isHit(parseGate(text), unmeasured)).toBe(false);
  });
});

describe('a gate that makes no sense is refused', () => {
  test.each([
    ['', 'it is neither an outcome nor a comparison'],
    ['lowest running', 'it is neither an outcome nor a comparison'],
    ['broken', 'it is neither an outcome nor a comparison'],
    ['loweest running < 4', 'there is no figure "loweest running"'],
    ['lowest running < four', '"four" is no number of tasks'],
    ['lowest running < -1', '"-1" is no number of tasks'],
    ['lowest running < 4s', '"4s" is no number of tasks'],
    ['duration > 5', 'time: missing unit in duration "5"'],
    ['outcome is fine', 'there is no outcome "fine"'],
  ])('%j', (text, problem) => {
    expect(() => parseGate(text)).toThrow(`cannot read the gate ${JSON.stringify(text)}: ${problem}`);
  });

  test('with what would make sense', () => {
    expect(() => parseGate('x < 1')).toThrow(
      expect.objectContaining({
        code: 'invalid-gate',
        hint: 'known: lowest running, exposed, failed tasks, duration, detection',
      }),
    );
  });
});
