import { emitKeypressEvents, type Key } from 'node:readline';

/** Where the command writes, and whether anybody is looking. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** Overwrites the last progress line; does nothing where nobody looks. */
  progress(text: string): void;
  readonly hasColours: boolean;
  /** Absent where nobody sits at a keyboard and a screen. */
  readonly screen?: Screen;
}

/** The whole screen and the keyboard. */
export interface Screen {
  /** Shows this and nothing else. */
  show(text: string): void;
  /** Listens until the function that is returned is called. Keys are called as Node calls them, `ctrl+` before it. */
  onKey(handle: (key: string) => void): () => void;
}

export function terminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const isWatched = stderr.isTTY === true;
  let shown = 0;
  const clear = () => {
    if (shown > 0) stderr.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    out(line) {
      clear();
      stdout.write(`${line}\n`);
    },
    err(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    progress(text) {
      if (!isWatched) return;
      clear();
      stderr.write(text);
      shown = text.length;
    },
    hasColours: hasColours(env, stdout.isTTY === true),
    ...(stdin.isTTY === true && stdout.isTTY === true && { screen: SCREEN }),
  };
}

/** What a person asks for goes before what the program finds; an empty word asks for nothing. (https://no-color.org, https://force-color.org) */
function hasColours({ NO_COLOR = '', FORCE_COLOR = '', TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}

const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

const SCREEN: Screen = {
  show(text) {
    process.stdout.write(`${CLEAR}${text}\n`);
  },
  onKey(handle) {
    const { stdin } = process;
    const listener = (text: string | undefined, { ctrl, name }: Key) =>
      handle(`${ctrl ? 'ctrl+' : ''}${name ?? text ?? ''}`);
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.on('keypress', listener);
    stdin.resume();
    return () => {
      stdin.off('keypress', listener);
      stdin.setRawMode(false);
      stdin.pause();
    };
  },
};
