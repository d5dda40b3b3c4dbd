/** Runs vitest on files of its own, as a user does, and gives what it prints. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const EXAMPLES = join(ROOT, 'examples');

/** In a process of its own: nothing that the tests around it have set reaches it. */
export function runExample(folder: string): string {
  const argv = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'vitest.config.ts', folder];
  try {
    return execFileSync(process.execPath, argv, { cwd: EXAMPLES, encoding: 'utf8', env: environment(), stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    return stdout + stderr;
  }
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|TEST|NODE_ENV|CI$|GITHUB_|FORCE_COLOR)/.test(name),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}

/** Without what is another thing each time: how long it took, and where fast-check is installed. */
export function settled(output: string): string {
  return output
    .replaceAll(/^ RUN .*\n/gm, '')
    .replaceAll(/^ +(Start at|Duration) .*\n/gm, '')
    .replaceAll(/ +\d+(\.\d+)?ms *$/gm, '')
    .replaceAll(/^ ❯ .*(node_modules|src\/).*\n/gm, '')
    .replaceAll(/^⎯+\[\d+\/\d+\]⎯$/gm, '')
    .replaceAll(/⎯+/g, '---')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .concat('\n');
}
