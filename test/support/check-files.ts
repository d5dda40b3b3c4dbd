/** The Compose files under `test/check`, and what is expected to be found in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ComposeFile, type Stack, stackFromCompose } from '../../src/compose/index.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface CheckShape {
  readonly name: string;
  readonly files: readonly ComposeFile[];
  /** `service severity code`, sorted; `stack` for the stack as a whole. */
  readonly expected: readonly string[];
}

/** Where a shape's files are not in its own folder. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  numbers: ['base', 'prod', 'update', 'rollback'].map((name) => `examples/numbers/${name}.yml`),
};

export function checkShapes(): CheckShape[] {
  const folders = readdirSync(join(ROOT, 'test/check')).sort();
  return folders.map((name) => {
    const folder = `test/check/${name}`;
    const own = readdirSync(join(ROOT, folder)).filter((file) => file.endsWith('.yml'));
    const paths = ELSEWHERE[name] ?? own.sort().map((file) => `${folder}/${file}`);
    const expectation = readFileSync(join(ROOT, folder, 'findings.txt'), 'utf8');
    const expected = expectation.split('\n').flatMap((line) => {
      const found = /^([\w-]+) +(problem|warning) +([\w-]+)$/.exec(line);
      return found ? [found.slice(1).join(' ')] : [];
    });
    return {
      name,
      files: paths.map((path) => ({ name: path, content: readFileSync(join(ROOT, path), 'utf8') })),
      expected: expected.sort(),
    };
  });
}

export function stackOf(files: readonly ComposeFile[]): Stack {
  return stackFromCompose(files, { namespace: 'shop', workingDir: '/shop' });
}
