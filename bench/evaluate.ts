/**
 * What a user waits for at the command line: `npx tsx bench/evaluate.ts`. A thousand seeds of the reference rollout, and a
 * check of the example stack, each in a process of its own on two threads, as it is published. These are times by the
 * clock, of which the least counts: what else the machine does only adds to them.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { goals } from './harness.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TRIES = 3;
const SEEDS = 1000;

/** Six replicas, replaced one by one with a pause of 5 s: that of `rollout.ts`. */
const stack = (version: number) => `services:
  web:
    image: web:v${version}
    deploy:
      replicas: 6
      update_config: { parallelism: 1, delay: 5s }
`;
const scenario = (managers: number) => `cluster: { managers: ${managers}, workers: ${5 - managers} }
expect: { outcome: completed }
`;

mkdirSync(join(ROOT, 'dist'), { recursive: true });
const folder = mkdtempSync(join(ROOT, 'dist/bench-'));
try {
  await build({
    config: false,
    entry: { bin: join(ROOT, 'src/cli/bin.ts'), 'evaluate-worker': join(ROOT, 'src/evaluate/worker-main.ts') },
    outDir: folder,
    format: 'esm',
    target: 'node20',
    splitting: true,
    silent: true,
  });
  for (const version of [1, 2]) writeFileSync(join(folder, `v${version}.yml`), stack(version));
  for (const managers of [1, 3]) {
    const file = join(folder, `managers-${managers}.yml`);
    writeFileSync(file, scenario(managers));
    const files = ['--scenario', file, '--from', join(folder, 'v1.yml'), '--to', join(folder, 'v2.yml')];
    const seconds = leastOf('evaluate', ...files, '--seeds', String(SEEDS), '--workers', '2');
    const of = managers === 1 ? '1 manager' : `${managers} managers`;
    goals.atMost(`1,000 seeds with ${of}, in s`, seconds, { gate: managers === 1 ? 5 : 10, aim: 5 });
  }
  const numbers = (file: string) => join(ROOT, 'examples/numbers', file);
  const seconds = leastOf('check', ...['base.yml', 'prod.yml', 'health.yml', 'update.yml', 'v3.yml'].map(numbers));
  goals.atMost('checking examples/numbers, in s', seconds, { gate: 5, aim: 2 });
} finally {
  rmSync(folder, { recursive: true });
}

function leastOf(...command: readonly string[]): number {
  return Math.min(...Array.from({ length: TRIES }, () => timeOf(command)));
}

function timeOf(command: readonly string[]): number {
  const before = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin.js'), ...command], { encoding: 'utf8' });
  // 1 is a problem found, which is no mistake.
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return (performance.now() - before) / 1000;
}
