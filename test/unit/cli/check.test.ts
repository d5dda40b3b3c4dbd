import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { files, run } from './files.ts';

const WELL_KEPT = 'test/check/well-kept/compose.yml';
const GLOBAL = `services:
  proxy:
    image: traefik:3.1
    ports: [{ target: 443, published: 443, mode: host }]
    deploy: { mode: global, update_config: { order: start-first } }
`;

afterEach(() => {
  delete process.env.GITHUB_STEP_SUMMARY;
});

test('a stack with nothing but warnings is checked with exit code 0', { timeout: 60_000 }, () => {
  const { code, out, err } = run('check', WELL_KEPT);

  expect(out).toMatch(/^api {3}4 replicas, update 1 at a time, 20s apart, start-first, rollback on failure\n/);
  expect(out).toMatch(/\n0 problems, \d warnings; \d+ rollouts simulated\./);
  expect(err).toBe('');
  expect(code).toBe(0);
});

test('a stack with a problem is checked with exit code 1, and its token tells the story', () => {
  const { stack } = files({ stack: GLOBAL });
  const { code, out } = run('check', stack);

  expect(out).toContain('start-first cannot work here: the old task holds port 443 until it stops.');
  expect(code).toBe(1);

  const token = /ds1:\S+/.exec(out)![0];
  const replayed = run('replay', token, stack);
  expect(replayed.out).toMatch(/^a good release, seed 1\n/);
  expect(replayed.out).toContain('stack_proxy: stuck;');
  expect(replayed.out).toMatch(/why: the update of stack_proxy waits for its task .*which no node takes/);
  expect(replayed.code).toBe(0);
});

test('a token is refused for other files', () => {
  const { stack, other } = files({ stack: GLOBAL, other: GLOBAL.replace('443', '444') });
  const token = /ds1:\S+/.exec(run('check', stack).out)![0];
  const { code, out, err } = run('replay', token, other);

  expect(err).toMatch(/the token was made from other files/);
  expect(out).toBe('');
  expect(code).toBe(2);
});

test('each reporter prints its own form', () => {
  const { stack } = files({ stack: GLOBAL });

  expect(JSON.parse(run('check', stack, '--reporter', 'json').out)).toMatchObject({ schema: 1, problems: 1 });
  expect(run('check', stack, '--reporter', 'junit').out).toContain('<testsuites name="dryswarm check"');
  expect(run('check', stack, '--reporter', 'github').out).toContain('::error file=');
  expect(run('check', stack, '--reporter', 'morse').err).toMatch(/Allowed choices are pretty, json, junit, github/);
});

test('the github reporter appends a summary to the file of the job', () => {
  const { stack, summary } = files({ stack: GLOBAL, summary: 'before\n' });
  process.env.GITHUB_STEP_SUMMARY = summary;
  run('check', stack, '--reporter', 'github');

  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## dryswarm check\n/);
});

test('a scenario says what the cluster is', { timeout: 60_000 }, () => {
  const { stack, small } = files({
    stack: 'services: {cache: {image: "redis:7", deploy: {replicas: 2, resources: {reservations: {memory: 1G}}}}}\n',
    small: 'cluster: { managers: 1, workers: 0, node: { memory: 1500m } }\n',
  });

  expect(run('check', stack).out).not.toContain('never find');
  expect(run('check', stack, '--scenario', small).out).toContain('1 task of 2 never finds a node');
});

test('it says the same every time', { timeout: 60_000 }, () => {
  const argv = [
    'check',
    ...['base', 'prod', 'update', 'rollback'].map((name) => join('examples/numbers', `${name}.yml`)),
  ];

  expect(run(...argv).out).toBe(run(...argv).out);
});
