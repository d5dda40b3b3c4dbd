import { defineConfig } from 'vitest/config';

/** `--mode long`: random tests look further than an ordinary run has time for. */
const LONG = { RAFT_RUNS: '100000', DRYSWARM_RUNS_FACTOR: '20' };

export default defineConfig(({ mode }) => ({
  test: {
    env: mode === 'long' ? { ...LONG, ...chosenByUser(Object.keys(LONG)) } : {},
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['test/**/*.test.ts'],
          exclude: ['test/package/**', 'test/properties/**'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'properties',
          include: ['test/properties/**/*.test.ts'],
          setupFiles: ['test/support/random-tests.ts'],
          testTimeout: mode === 'long' ? 3_600_000 : 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/package/build.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
}));

function chosenByUser(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
