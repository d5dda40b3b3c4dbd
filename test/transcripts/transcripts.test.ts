import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replayTranscript } from '../support/transcript.ts';

const folder = import.meta.dirname;
const examples = resolve(folder, '../../examples/numbers');
const isUpdate = process.env.UPDATE_TRANSCRIPTS === '1';

/** Sessions stand in the folder of the example. */
function readFile(path: string): string | undefined {
  const file = resolve(examples, `.${path}`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

describe('a session at a simulated swarm', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));

  test.each(names)('%s goes as it is told', (name) => {
    const file = resolve(folder, name);
    const told = readFileSync(file, 'utf8');

    const played = replayTranscript(told, { readFile });

    if (isUpdate) writeFileSync(file, played);
    else expect(played, 'UPDATE_TRANSCRIPTS=1 rewrites it').toBe(told);
  });
});
