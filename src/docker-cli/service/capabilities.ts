import { compareText } from '../../base/index.ts';

const ALL = 'ALL';
/** Forgets what the service had, on update. */
const RESET = 'RESET';

export interface Capabilities {
  readonly add: readonly string[];
  readonly drop: readonly string[];
}

/** For a new service: what is added is not dropped, and `ALL` makes other names of its list needless. */
export function newCapabilities(added: readonly string[], dropped: readonly string[]): Capabilities {
  const add = orAll(normalized(added));
  const drop = orAll(normalized(dropped));
  return { add: sorted([...add]), drop: sorted([...drop].filter((name) => !add.has(name))) };
}

/**
 * For an existing service: adding what was dropped merely undoes that, and the other way round
 * (docker/cli cli/command/service/update.go, updateCapabilities).
 */
export function changedCapabilities(
  existing: Capabilities,
  added: readonly string[],
  dropped: readonly string[],
): Capabilities {
  const toAdd = normalized(added);
  const toDrop = normalized(dropped);
  const add = toAdd.delete(RESET) ? new Set<string>() : normalized(existing.add);
  const drop = toDrop.delete(RESET) ? new Set<string>() : normalized(existing.drop);
  for (const name of toDrop) {
    if (!toAdd.has(name) && !add.delete(name)) drop.add(name);
  }
  for (const name of toAdd) {
    if (!drop.delete(name)) add.add(name);
  }
  return { add: [...orAll(new Set(sorted([...add])))], drop: [...orAll(new Set(sorted([...drop])))] };
}

function normalized(names: readonly string[]): Set<string> {
  return new Set(
    names.map((name) => {
      const upper = name.trim().toUpperCase();
      return upper === ALL || upper === RESET || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
    }),
  );
}

function orAll(names: Set<string>): Set<string> {
  return names.has(ALL) ? new Set([ALL]) : names;
}

function sorted(names: readonly string[]): string[] {
  return names.filter((name) => name !== RESET).sort(compareText);
}
