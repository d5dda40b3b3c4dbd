/**
 * Runs the scenarios of `test/determinism` on each version of Node that can be had, and fails if any of them comes out
 * differently anywhere: `npm run determinism`. The last line is the hash that all of them have in common.
 */
import { execFileSync, execSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { hashOf } from '../src/sim/index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Of this run alone: another one may be under way. */
const BUNDLES = join(ROOT, `node_modules/.cache/dryswarm-determinism-${process.pid}`);
const VERSIONS = [20, 22, 24, 26];

/** A different place on earth: it may not matter where a run takes place. */
const ELSEWHERE = { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' };

interface Runtime {
  readonly name: string;
  readonly path: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function main(): Promise<void> {
  const script = await bundle();
  const outputs = new Map<string, string[]>();
  for (const { name, path, env } of runtimes()) {
    const output = execFileSync(path, [script], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for (const line of output.trim().split('\n')) console.log(`${name.padEnd(20)} ${line}`);
    outputs.set(output, [...(outputs.get(output) ?? []), name]);
  }
  const [[output, names] = ['', []], ...others] = outputs;
  if (others.length > 0) {
    console.log(`DIFFERENT on ${[...outputs.values()].map((group) => group.join(', ')).join(' and ')}`);
    process.exitCode = 1;
  } else console.log(`the same on ${names.join(', ')}: ${hashOf(output)}`);
}

/** Plain JavaScript in one file: not every version runs TypeScript. */
async function bundle(): Promise<string> {
  await build({
    config: false,
    entry: { scenarios: join(ROOT, 'test/determinism/main.ts') },
    outDir: BUNDLES,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    noExternal: [/./],
    outExtension: () => ({ js: '.cjs' }),
    silent: true,
  });
  return join(BUNDLES, 'scenarios.cjs');
}

/** The version that runs this script, here and elsewhere, and the others that the registry has for this machine. */
function runtimes(): Runtime[] {
  const others = VERSIONS.filter((major) => !process.version.startsWith(`v${major}.`));
  const { version, execPath: path } = process;
  return [{ name: version, path }, { name: `${version} elsewhere`, path, env: ELSEWHERE }, ...others.flatMap(download)];
}

function download(major: number): Runtime[] {
  try {
    const command = `npx --yes --package node@${major} node -p "JSON.stringify([process.version, process.execPath])"`;
    const [name, path] = JSON.parse(execSync(command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
    return [{ name, path }];
  } catch (error) {
    const [reason] = (error as Error).message.split('\n').slice(-2);
    console.log(`${`v${major}`.padEnd(20)} left out: it cannot be had here (${reason})`);
    return [];
  }
}

try {
  await main();
} finally {
  rmSync(BUNDLES, { recursive: true, force: true });
}
