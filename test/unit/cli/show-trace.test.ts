import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { createSwarm, traceFileOf } from '../../../src/swarm/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'dryswarm-show-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function show(...argv: string[]): { code: number; out: string; err: string } {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), progress: () => {} };
  const code = main(['show', ...argv], { ...terminal, hasColours: false });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function trace(): string {
  const swarm = createSwarm({ managers: 1, workers: 1, seed: 5 });
  swarm.services.create({ name: 'web', image: 'web:v1', replicas: 2 });
  swarm.services.create({ name: 'db', image: 'db:v1' });
  swarm.runUntilSettled();
  return fileOf('a.trace', traceFileOf(swarm, 'two services'));
}

test('a trace is shown as a time line, with its title and its seed', () => {
  const { code, out } = show(trace());
  expect(code).toBe(0);
  expect(out).toMatch(/^two services\nseed 5, until 550ms\n\n {3}0s {2}m1 leads/);
  expect(out).toMatch(/\n300ms {2}db\.1 on \w+, web\.1 on \w+, web\.2 on \w+ running/);
  expect(out).not.toMatch(/on \w+ placed/);
});

test('of a trace one service may be shown, and all steps', () => {
  const { out } = show(trace(), '--service', 'web', '--all');
  expect(out).not.toContain('db.1');
  expect(out).toMatch(/on \w+ placed/);
});

test.each([
  ['nothing of the kind', 'services: {}\n', 'dryswarm: line 1 is not a record'],
  [
    'another version',
    '{"format":"dryswarm-trace","version":9}\n',
    'dryswarm: this is a trace of version 9, and not of 1',
  ],
])('a file with %s is refused with exit code 2', (_what, text, message) => {
  const { code, err } = show(fileOf('b.trace', text));
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('a file that is not there is refused with exit code 2', () => {
  const { code, err } = show(join(folder, 'none.trace'));
  expect(code).toBe(2);
  expect(err).toContain('there is no such file');
});
