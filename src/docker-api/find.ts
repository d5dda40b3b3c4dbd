import { invalid, notFound } from './refusal.ts';

/** What can be found by a reference, and how. */
export interface Findable<T> {
  /** `service`: the word in refusals. */
  readonly noun: string;
  readonly all: readonly T[];
  nameOf(object: T): string | undefined;
}

/**
 * The object that a client means: by its whole id, else by its whole name, else by how its id begins.
 * (moby daemon/cluster/helpers.go)
 *
 * @throws Refusal where there is none, or more than one.
 */
export function find<T extends { readonly id: string }>({ noun, all, nameOf }: Findable<T>, reference: string): T {
  const exact = all.find(({ id }) => id === reference);
  if (exact) return exact;
  const named = all.filter((object) => nameOf(object) === reference);
  const found = named.length > 0 ? named : all.filter(({ id }) => id.startsWith(reference));
  if (found.length > 1) throw invalid(`${noun} ${reference} is ambiguous (${found.length} matches found)`);
  const [only] = found;
  if (!only) throw notFound(`${noun} ${reference} not found`);
  return only;
}

/** Lists come in the order of ids, as swarmkit's store has them. */
export function inOrderOfIds<T extends { readonly id: string }>(objects: readonly T[]): T[] {
  return [...objects].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
