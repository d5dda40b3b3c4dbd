import { describe, expect, test } from 'vitest';
import { scaledMeanwhile } from '../../../../src/evaluate/check/battery.ts';
import { subjectsOf } from '../../../../src/evaluate/check/subjects.ts';
import { check } from '../../../../src/evaluate/index.ts';
import { checkShapes, stackOf } from '../../../support/check-files.ts';

const shapes = checkShapes().filter(({ name }) => ['numbers', 'short-watch', 'wide', 'hasty'].includes(name));

describe.each(shapes)('in the files of $name', ({ files, expected }) => {
  test.each([2, 5, 11, 'another'])('the same is found with seed %s as with any other', (seed) => {
    const { services } = check(stackOf(files), { version: '1.2.3', seed });
    const found = services.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'fine');

    expect(found.map(({ service, severity, code }) => `${service || 'stack'} ${severity} ${code}`).sort()).toEqual(
      expected,
    );
  });
});

test('the worst rollout of a case has the fewest running tasks of eight seeds, and says with which', () => {
  const [{ files } = { files: [] }] = shapes.filter(({ name }) => name === 'short-watch');
  const [subject] = subjectsOf(stackOf(files), { seed: 7 });
  const lowest = (seed: number) => subject!.rollout(scaledMeanwhile, seed).result.lowestRunning!;
  const all = [7, 8, 9, 10, 11, 12, 13, 14].map(lowest);
  const worst = subject!.worstRollout(scaledMeanwhile);

  expect(worst.result.lowestRunning).toBe(Math.min(...all));
  expect(worst.seed).toBe(7 + all.indexOf(Math.min(...all)));
  expect(new Set(all).size).toBeGreaterThan(1);
});
