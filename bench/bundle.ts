/** The package's front door as one file, as it is published: tsx, which runs the benchmarks, adds work of its own. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

export interface BundleOptions {
  readonly minify?: boolean;
  /** Whether immer and seedrandom are in it. Default: they are imported. */
  readonly dependencies?: 'inside' | 'outside';
}

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** Builds `src/index.ts`, and hands the file to `use` before it is thrown away. */
export async function withBundle<R>(
  { minify = false, dependencies = 'outside' }: BundleOptions,
  use: (file: string) => R | Promise<R>,
): Promise<R> {
  mkdirSync(DIST, { recursive: true });
  const folder = mkdtempSync(join(DIST, 'bench-'));
  try {
    await build({
      config: false,
      entry: { index: fileURLToPath(new URL('../src/index.ts', import.meta.url)) },
      outDir: folder,
      format: 'esm',
      target: 'node20',
      splitting: false,
      minify,
      ...(dependencies === 'inside' && { noExternal: [/.*/], platform: 'browser' }),
      silent: true,
    });
    return await use(join(folder, 'index.js'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
