/**
 * What it costs to import the core in a new process: `npx tsx bench/startup.ts`. What an empty module costs is taken
 * off, and the processor's time is what counts, not the clock's.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBundle } from './bundle.ts';
import { goals, note } from './harness.ts';

const PROCESSES = 21;
/** What belongs to other entry points. */
const FOREIGN = ['yaml', 'fast-check'];

await withBundle({}, (core) => {
  const empty = join(dirname(core), 'empty.js');
  writeFileSync(empty, 'export {};\n');
  const costs: number[] = [];
  for (let count = 0; count < PROCESSES; count += 1) costs.push(importing(core) - importing(empty));
  const cost = costs.sort((a, b) => a - b)[PROCESSES >> 1]!;
  note('importing the core', cost * 1000);
  goals.atMost('G12 importing the core, in ms', cost / 1000, { gate: 40, aim: 20 });
  goals.atMost(`G12 packages it needs of ${FOREIGN.join(' and ')}`, foreignTo(core).length, { gate: 0, aim: 0 });
});

/** In microseconds. */
function importing(file: string): number {
  const script = `
    const before = process.cpuUsage();
    await import(${JSON.stringify(pathToFileURL(file).href)});
    const { user, system } = process.cpuUsage(before);
    console.log(user + system);`;
  const { stdout, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
  if (status !== 0) throw new Error(String(stderr));
  return Number(stdout);
}

/** By what the one file says that it imports: whatever it needs itself is in it. */
function foreignTo(core: string): readonly string[] {
  const text = readFileSync(core, 'utf8');
  return FOREIGN.filter((name) => new RegExp(`(from|import)\\s*\\(?\\s*["']${name}["'/]`).test(text));
}
