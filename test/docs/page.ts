/** A page of documentation as its parts: what is said, and the blocks of code between. */

export interface Fence {
  readonly kind: 'fence';
  /** What stands after the backticks: `ts`, `console`, `ts continued`. */
  readonly info: string;
  readonly body: string;
}

export interface Prose {
  readonly kind: 'prose';
  readonly body: string;
}

export type Part = Prose | Fence;

export function partsOf(markdown: string): readonly Part[] {
  const parts: Part[] = [];
  let rest = markdown;
  for (;;) {
    const found = /^```(.*)\n([\s\S]*?)^```$/m.exec(rest);
    if (!found) return [...parts, { kind: 'prose', body: rest }];
    parts.push({ kind: 'prose', body: rest.slice(0, found.index) });
    parts.push({ kind: 'fence', info: found[1]!, body: found[2]! });
    rest = rest.slice(found.index + found[0].length);
  }
}

export function markdownOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.kind === 'prose' ? part.body : `\`\`\`${part.info}\n${part.body}\`\`\``)).join('');
}
