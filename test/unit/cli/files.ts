import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { main } from '../../../src/cli/main.ts';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes files into a folder of their own, which are there until the last test has run; returns the path of each. */
export function files<K extends string>(
  contents: Readonly<Record<K, string | Uint8Array>>,
): Readonly<Record<K, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'dryswarm-'));
  folders.push(folder);
  const entries = Object.entries<string | Uint8Array>(contents).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return [name, path];
  });
  return Object.fromEntries(entries);
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly progress: readonly string[];
}

/** Runs the command, with somebody watching. */
export function run(...argv: readonly string[]): Outcome {
  const out: string[] = [];
  const err: string[] = [];
  const progress: string[] = [];
  const code = main(argv, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    progress: (text) => void progress.push(text),
    hasColours: false,
  });
  return { code, out: out.join('\n'), err: err.join('\n'), progress };
}
