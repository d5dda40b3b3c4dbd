import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONSUMER, INSTALLED, ROOT, run } from './consumer.ts';

const numbers = (...names: readonly string[]) =>
  names.map((name) => `"${join(ROOT, 'examples/numbers', `${name}.yml`)}"`).join(' ');

test('the dryswarm command rehearses the same on any number of threads', () => {
  const [one, two] = [1, 2].map((threads) =>
    run(
      `"${process.execPath}" "${join(INSTALLED, 'dist/bin.js')}" evaluate --json --seeds 60 --workers ${threads} ` +
        `--from ${numbers('base', 'prod', 'update')} --to ${numbers('base', 'prod', 'update', 'v5')} ` +
        `--scenario ${numbers('bad-v5')}`,
      CONSUMER,
    ),
  );
  expect(two).toBe(one);
});

test('the script of the threads is in the package, beside whatever starts them', () => {
  expect(readdirSync(join(INSTALLED, 'dist'))).toContain('evaluate-worker.js');
  const script = [
    "import { Worker, MessageChannel } from 'node:worker_threads';",
    "import { defineScenario } from 'dryswarm/evaluate';",
    'const nothing = { services: [], config: {} };',
    "const plan = { variants: [{ label: 'A', release: { from: nothing, to: nothing } }], scenarios: [defineScenario({})], seeds: [1, 2] };",
    'const { port1, port2 } = new MessageChannel();',
    'const taken = new Int32Array(new SharedArrayBuffer(4));',
    `const worker = new Worker(${JSON.stringify(join(INSTALLED, 'dist/evaluate-worker.js'))}, {`,
    '  workerData: { plan, total: 2, taken, port: port2 },',
    '  transferList: [port2],',
    '});',
    "port1.on('message', ({ number }) => console.log(number));",
    "worker.on('exit', () => port1.close());",
  ];
  writeFileSync(join(CONSUMER, 'threads.mjs'), script.join('\n'));
  expect(run(`"${process.execPath}" threads.mjs`, CONSUMER)).toBe('0\n1\n');
});
