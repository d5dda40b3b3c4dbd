/** What many rehearsals of one thing add up to. */

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** Rehearsals in which there was such a figure. */
  readonly count: number;
}

/** Undefined where no rehearsal had the figure. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  if (known.length === 0) return undefined;
  return {
    min: known[0]!,
    median: known[Math.floor((known.length - 1) / 2)]!,
    max: known[known.length - 1]!,
    count: known.length,
  };
}

/** How often each thing happened, most frequent first. */
export function tally<T extends string>(things: readonly T[]): { readonly what: T; readonly count: number }[] {
  const counts = new Map<T, number>();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return [...counts]
    .map(([what, count]) => ({ what, count }))
    .sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1));
}
