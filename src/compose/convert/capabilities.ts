import { compareText } from '../../base/index.ts';

/**
 * Capabilities in the kernel's spelling, sorted. `ALL` swallows the others of its list, and what is added is not
 * dropped. (cli opts/capabilities.go)
 */
export function effectiveCapabilities(
  add: readonly string[],
  drop: readonly string[],
): { readonly add: readonly string[]; readonly drop: readonly string[] } {
  const added = normalise(add);
  const dropped = normalise(drop);
  const sorted = (names: ReadonlySet<string>): string[] =>
    [...names].filter((name) => name !== RESET).sort(compareText);
  return { add: sorted(added), drop: sorted(dropped).filter((name) => !added.has(name)) };
}

const ALL = 'ALL';
/** Means something to `service update` only. */
const RESET = 'RESET';

function normalise(names: readonly string[]): ReadonlySet<string> {
  const normalised = new Set(
    names.map((name) => {
      const upper = name.trim().toUpperCase();
      return upper === ALL || upper === RESET || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
    }),
  );
  return normalised.has(ALL) ? new Set([ALL]) : normalised;
}
