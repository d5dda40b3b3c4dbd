import type { Screen } from '../terminal.ts';

const TURNS: Readonly<Record<string, (page: number, last: number) => number>> = {
  right: (page, last) => Math.min(page + 1, last),
  left: (page) => Math.max(page - 1, 0),
  home: () => 0,
  end: (_page, last) => last,
};
const ALIASES: Readonly<Record<string, string>> = {
  space: 'right',
  return: 'right',
  n: 'right',
  backspace: 'left',
  p: 'left',
};
const LEAVES: ReadonlySet<string> = new Set(['q', 'escape', 'ctrl+c']);

/** Shows one page at a time, until the reader leaves. */
export function leafThrough(pages: readonly string[], screen: Screen): void {
  let page = 0;
  const show = () => screen.show(`${pages[page]}\n\n${hint(page, pages.length - 1)}`);
  const stop = screen.onKey((key) => {
    if (LEAVES.has(key)) return stop();
    const turn = TURNS[ALIASES[key] ?? key];
    if (!turn) return;
    page = turn(page, pages.length - 1);
    show();
  });
  show();
}

function hint(page: number, last: number): string {
  return ['q: leave', ...(page > 0 ? ['←: back'] : []), ...(page < last ? ['→: on'] : [])].join('   ');
}
