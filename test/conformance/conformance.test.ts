import { relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeDifference, openVectors, replay, VECTORS, vectorFiles } from './replay.ts';

/** Any seed will do: what a vector leaves to chance, every seed may decide in one of the measured ways only. */
const SEED = 1;

describe('what was measured on the real thing happens here', () => {
  test.each(vectorFiles(VECTORS).map((file) => [relative(VECTORS, file), file]))('%s', (_name, file) => {
    const opened = openVectors(file);
    if (typeof opened === 'string') return expect.fail(opened);
    const failures = opened.cases.flatMap((vector) => {
      const verdict = replay(vector, SEED);
      return verdict.kind === 'failed' ? [`${vector.id}: ${describeDifference(verdict.difference)}`] : [];
    });
    expect(opened.cases.length).toBeGreaterThan(0);
    expect(failures.join('\n')).toBe('');
  });
});
