import { displayWidth } from './width.ts';

export interface TableLayout {
  readonly minimumWidth: number;
  readonly padding: number;
}

/** The layout of every list. */
export const LIST_LAYOUT: TableLayout = { minimumWidth: 10, padding: 3 };

/**
 * Aligns tab-separated cells (Go's text/tabwriter). A cell belongs to a column only if a tab ends it, so the last
 * cell of a line is never padded, and a column reaches over consecutive lines that have it.
 */
export function alignColumns(text: string, layout: TableLayout): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths: number[][] = lines.map(() => []);
  fill(lines, widths, { column: 0, from: 0, to: lines.length }, layout);
  return lines
    .map((cells, row) =>
      cells
        .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[row]![column] ?? 0) - displayWidth(cell))))
        .join(''),
    )
    .join('\n');
}

function fill(
  lines: readonly (readonly string[])[],
  widths: number[][],
  block: { column: number; from: number; to: number },
  layout: TableLayout,
): void {
  const { column } = block;
  let row = block.from;
  while (row < block.to) {
    const from = row;
    while (row < block.to && column < lines[row]!.length - 1) row += 1;
    if (row === from) {
      row += 1;
      continue;
    }
    const cells = lines.slice(from, row).map((line) => displayWidth(line[column]!) + layout.padding);
    const width = Math.max(layout.minimumWidth, ...cells);
    for (let line = from; line < row; line += 1) widths[line]![column] = width;
    fill(lines, widths, { column: column + 1, from, to: row }, layout);
  }
}
