/**
 * Runs the benchmarks one after the other, each in a process of its own: `npm run bench`, or `npm run bench -- store raft`
 * for some of them. A benchmark is a file of this folder that no other file of it imports; it prints ratios with their
 * gates and aims, and fails when a gate is missed.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

function main(chosen: readonly string[]): number {
  const all = benchmarks();
  const unknown = chosen.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    console.error(`no benchmark is called ${unknown.join(' or ')}; there are ${all.join(', ')}`);
    return 2;
  }
  const failed = (chosen.length > 0 ? chosen : all).filter((name) => {
    console.log(`\n${name}`);
    // The collector is at hand for those that measure memory.
    const argv = ['--expose-gc', '--import', 'tsx', join(FOLDER, `${name}.ts`)];
    return spawnSync(process.execPath, argv, { stdio: 'inherit' }).status !== 0;
  });
  console.log(failed.length > 0 ? `\nfailed: ${failed.join(', ')}` : '\nevery gate held');
  return failed.length > 0 ? 1 : 0;
}

function benchmarks(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts') && file !== basename(import.meta.url));
  const helpers = new Set(
    files.flatMap((file) =>
      [...readFileSync(join(FOLDER, file), 'utf8').matchAll(/from '\.\/(.+)\.ts'/g)].map(([, name]) => name),
    ),
  );
  return files
    .map((file) => basename(file, '.ts'))
    .filter((name) => !helpers.has(name))
    .sort();
}

process.exitCode = main(process.argv.slice(2));
