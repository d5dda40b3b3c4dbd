/** Lines that go on with a flow collection or a quoted text: to Go they may begin in any column. */
export interface FreeLines {
  /** Counted from 0. */
  readonly first: number;
  readonly last: number;
  /** Where the collection or text begins. */
  readonly column: number;
}

export interface Indented {
  readonly text: string;
  /** How far the lines were moved, by their numbers from 0. */
  readonly moved: ReadonlyMap<number, number>;
}

/**
 * The text with such lines moved to the right of where they go on from: there every parser takes them. Breaks that only
 * Go takes for breaks are left alone.
 */
export function indentFreeLines(text: string, free: readonly FreeLines[]): Indented {
  const moved = new Map<number, number>();
  for (const { first, last, column } of free) {
    for (let line = first; line <= last; line += 1) moved.set(line, column + 1);
  }
  if (moved.size === 0) return { text, moved };
  const lines = text.split(/(?<=\n|\r(?!\n)|[\u0085\u2028\u2029])/);
  const isMoved = (index: number) => moved.has(index) && lines[index - 1]!.endsWith('\n');
  const indented = lines.map((line, index) => (isMoved(index) ? ' '.repeat(moved.get(index)!) + line : line));
  return { text: indented.join(''), moved };
}
