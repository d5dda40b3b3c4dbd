import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { terminal } from '../../../src/cli/terminal.ts';

let screen = '';

beforeEach(() => {
  screen = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      screen += text;
      return true;
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  watched(...isTty);
});

const isTty = [process.stdout, process.stderr].map(({ isTTY }) => isTTY);

function watched(...are: readonly boolean[]): void {
  process.stdout.isTTY = are[0]!;
  process.stderr.isTTY = are[1] ?? are[0]!;
}

describe('progress', () => {
  test('is not shown where nobody looks', () => {
    watched(false);
    terminal().progress('rehearsed 1 of 2');
    expect(screen).toBe('');
  });

  test('is overwritten by what comes next', () => {
    watched(true);
    const { progress, out } = terminal();
    progress('1 of 2');
    progress('2 of 2');
    out('done');
    expect(screen).toBe('1 of 2\r      \r2 of 2\r      \rdone\n');
  });
});

describe('colours', () => {
  test('are for terminals', () => {
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'TERM']) vi.stubEnv(name, undefined);
    watched(true);
    expect(terminal().hasColours).toBe(true);
    watched(false);
    expect(terminal().hasColours).toBe(false);
  });

  test.each([
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '' }, false, false],
    [{ TERM: 'dumb' }, true, false],
  ])('with %j, at a terminal: %s, are there: %s', (env, isTerminal, are) => {
    for (const [name, value] of Object.entries({ NO_COLOR: undefined, FORCE_COLOR: undefined, TERM: 'xterm', ...env }))
      vi.stubEnv(name, value);
    watched(isTerminal);
    expect(terminal().hasColours).toBe(are);
  });
});
