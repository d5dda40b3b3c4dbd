import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = fileURLToPath(new URL('.', import.meta.url));

/** `npx vitest run --config examples/vitest.config.ts unit-test`. In a project of your own you need none of this. */
export default defineConfig({
  root: here,
  resolve: {
    alias: [
      {
        find: /^dryswarm(\/[a-z-]+)?$/,
        replacement: fileURLToPath(new URL('../src', import.meta.url)).concat('$1/index.ts'),
      },
    ],
  },
  test: { include: ['**/*.test.ts'], testTimeout: 60_000, attachmentsDir: '.vitest-attachments' },
});
