const ESC = '␛';

/** Output with a visible character in place of the escape character, for patterns and for error messages. */
export function showEscapes(output: string): string {
  return output.replaceAll('\x1b', ESC);
}

/** The lines that a terminal shows after some output: line feeds, carriage returns, `ESC[<n>A`, `ESC[<n>B`, `ESC[2K`. */
export function screenAfter(output: string): string[] {
  const rows: string[] = [''];
  let row = 0;
  let column = 0;
  for (const [token, count, command] of showEscapes(output).matchAll(/␛\[(\d*)([A-Z])|[\s\S]/g)) {
    if (command === 'A') row = Math.max(0, row - Number(count || 1));
    else if (command === 'B') row = Math.min(rows.length - 1, row + Number(count || 1));
    else if (command === 'K') rows[row] = '';
    else if (token === '\r') column = 0;
    else if (token === '\n') {
      row += 1;
      column = 0;
      if (row === rows.length) rows.push('');
    } else {
      rows[row] = rows[row]!.slice(0, column).padEnd(column) + token + rows[row]!.slice(column + 1);
      column += 1;
    }
  }
  return rows.map((line) => line.trimEnd());
}
