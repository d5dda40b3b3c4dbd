/** Where the command writes, and whether anybody is looking. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** Overwrites the last progress line; does nothing where nobody looks. */
  progress(text: string): void;
  readonly hasColours: boolean;
}

export function terminal(): Terminal {
  const { stdout, stderr, env } = process;
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
    hasColours: stdout.isTTY === true && env.NO_COLOR === undefined,
  };
}
