import { compareText } from '../../base/index.ts';

/** The entries of a map in the order in which Go's templates visit them. */
export function sortedPairs(map: Readonly<Record<string, string>> | null): [string, string][] {
  return Object.entries(map ?? {}).sort(([a], [b]) => compareText(a, b));
}
