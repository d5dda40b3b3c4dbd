import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { EXAMPLES, runExample, settled } from './run-vitest.ts';

const LIMIT_MS = 120_000;

beforeAll(() => {
  for (const left of ['.dryswarm', '.vitest-attachments'])
    rmSync(join(EXAMPLES, left), { recursive: true, force: true });
});

/** `npx vitest run test/kit --update` writes what the examples print. */
describe('an example prints what is recorded', () => {
  test.each(['unit-test', 'property'])(
    '%s',
    async (folder) => {
      await expect(settled(runExample(folder))).toMatchFileSnapshot(join(EXAMPLES, folder, 'output.txt'));
    },
    LIMIT_MS,
  );
});

describe('the trace of a test', () => {
  test(
    'is kept where its message says if it fails, is attached to it, and can be shown',
    () => {
      const output = runExample('unit-test');
      const [, path = ''] = /look: npx dryswarm show (\S+)/.exec(output) ?? [];
      const lines: string[] = [];
      const terminal = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
      const code = main(['show', join(EXAMPLES, path)], { ...terminal, progress: () => {}, hasColours: false });
      expect(code).toBe(0);
      expect(lines.join('\n')).toContain('api: rollback_started');
      expect(existsSync(join(EXAMPLES, '.vitest-attachments'))).toBe(true);
    },
    LIMIT_MS,
  );

  test('is not kept if it passes', () => {
    expect(existsSync(join(EXAMPLES, '.dryswarm/release-a-release-of-a-bad-version-5-is-rolled-back.trace'))).toBe(
      false,
    );
  });
});
