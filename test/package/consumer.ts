/** A project that has installed the package: its dependencies are those of this repository, above it. */
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const CONSUMER = join(ROOT, 'node_modules/.cache/dryswarm-consumer');
export const INSTALLED = join(CONSUMER, 'node_modules/dryswarm');
export const TARBALL = join(CONSUMER, 'dryswarm.tgz');

const manifest: { readonly exports: object } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** What users import: `dryswarm`, `dryswarm/raft` and so on. */
export const SPECIFIERS = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => `dryswarm${subpath.slice(1)}`);

/** These need a test runner around them: their exports are looked at there. */
export const IN_RUNNER = ['dryswarm/vitest'];

export const PLAIN_SPECIFIERS = SPECIFIERS.filter((specifier) => !IN_RUNNER.includes(specifier));

/** These talk to Node or to a test runner. All others run in a browser. */
const NODE_ONLY = ['dryswarm/engine-api', 'dryswarm/fast-check', 'dryswarm/vitest'];

export const BROWSER_SPECIFIERS = SPECIFIERS.filter((specifier) => !NODE_ONLY.includes(specifier));

export function sourceOf(specifier: string): string {
  return join(ROOT, 'src', specifier.slice('dryswarm'.length), 'index.ts');
}

/** What a command prints. Where it fails, the error has all of it. */
export function run(command: string, cwd: string): string {
  try {
    return execSync(command, { cwd, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, NO_COLOR: '1' } });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command}\n${stdout}${stderr}`);
  }
}
