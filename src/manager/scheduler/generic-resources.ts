/**
 * Generic resources: of each kind a node offers either one amount or a list of named items, a task reserves an amount.
 * Lists are never changed in place; their order is kept, because named items are taken from the front.
 * (swarmkit api/genericresource: validate.go, resource_management.go, helpers.go)
 */
import type { GenericResource } from '../../api/index.ts';

type Amount = Extract<GenericResource, { readonly value: number }>;
type Item = Extract<GenericResource, { readonly name: string }>;

/** Whether a node with `available` has what one entry of a reservation asks for; named items cannot be asked for. */
export function hasEnough(available: readonly GenericResource[], wanted: GenericResource): boolean {
  if (!isAmount(wanted)) return false;
  const offers = ofKind(available, wanted.kind);
  const first = offers[0];
  if (!first) return false;
  return wanted.value <= (isAmount(first) ? first.value : offers.length);
}

/**
 * What a reservation takes from `available`. Nothing at all where a kind is missing or an entry names an item; less
 * than was asked for where there is not enough, since whoever calls has run the filter before or does not care.
 */
export function claim(available: readonly GenericResource[], reserved: readonly GenericResource[]): GenericResource[] {
  const taken: GenericResource[] = [];
  for (const wanted of reserved) {
    const selected = isAmount(wanted) ? select(available, wanted) : undefined;
    if (!selected) return [];
    taken.push(...selected);
  }
  return taken;
}

/** What is left of `available` without `taken`. An amount that comes down to 0 leaves the list. */
export function consume(
  available: readonly GenericResource[],
  taken: readonly GenericResource[],
): readonly GenericResource[] {
  if (taken.length === 0) return available;
  return available.flatMap((offer): readonly GenericResource[] => {
    if (!isAmount(offer)) return taken.some((gone) => isItem(gone) && isSameItem(gone, offer)) ? [] : [offer];
    const value = ofKind(taken, offer.kind).reduce(
      (left, gone) => (isAmount(gone) ? left - gone.value : left),
      offer.value,
    );
    if (value === offer.value) return [offer];
    return value > 0 ? [{ kind: offer.kind, value }] : [];
  });
}

/** Gives `taken` back to `available`, as far as it fits what the node reports now, which may have changed. */
export function reclaim(
  available: readonly GenericResource[],
  taken: readonly GenericResource[],
  reported: readonly GenericResource[],
): readonly GenericResource[] {
  return fitted(giveBack(available, taken), reported);
}

function select(available: readonly GenericResource[], wanted: Amount): GenericResource[] | undefined {
  const offers = ofKind(available, wanted.kind);
  const first = offers[0];
  if (!first) return undefined;
  if (isAmount(first)) return first.value >= wanted.value && wanted.value !== 0 ? [wanted] : [];
  // An amount of 0 takes every item: the count is compared only after an item was added.
  return wanted.value === 0 ? offers : offers.slice(0, wanted.value);
}

function giveBack(available: readonly GenericResource[], taken: readonly GenericResource[]): GenericResource[] {
  const list = [...available];
  for (const back of taken) {
    if (!isAmount(back)) {
      list.push(back);
      continue;
    }
    const at = list.findIndex((offer) => offer.kind === back.kind);
    const offers = ofKind(list, back.kind);
    const offer = offers[0];
    if (!offer) list.push(back);
    // The kind may have changed to named items since.
    else if (offers.length === 1 && isAmount(offer)) list[at] = { kind: back.kind, value: offer.value + back.value };
  }
  return list;
}

/** Replaces entries that the node no longer reports so: a kind once, by what is reported, at the end of the list. */
function fitted(list: readonly GenericResource[], reported: readonly GenericResource[]): readonly GenericResource[] {
  const kept: GenericResource[] = [];
  const replaced: GenericResource[] = [];
  const done = new Set<string>();
  for (const entry of list) {
    const replacement = replacementOf(entry, ofKind(reported, entry.kind));
    if (!replacement) kept.push(entry);
    else if (!done.has(entry.kind)) {
      done.add(entry.kind);
      replaced.push(...replacement);
    }
  }
  return [...kept, ...replaced];
}

/** Undefined where the entry may stay. */
function replacementOf(
  entry: GenericResource,
  reported: readonly GenericResource[],
): readonly GenericResource[] | undefined {
  const first = reported[0];
  if (isAmount(entry)) {
    const fits = reported.length === 1 && first !== undefined && isAmount(first) && entry.value <= first.value;
    return fits ? undefined : reported;
  }
  if (!first || isAmount(first)) return reported;
  return reported.some((offer) => isItem(offer) && isSameItem(offer, entry)) ? undefined : [];
}

function ofKind(list: readonly GenericResource[], kind: string): GenericResource[] {
  return list.filter((entry) => entry.kind === kind);
}

function isAmount(resource: GenericResource): resource is Amount {
  return 'value' in resource;
}

function isItem(resource: GenericResource): resource is Item {
  return 'name' in resource;
}

function isSameItem(a: Item, b: Item): boolean {
  return a.kind === b.kind && a.name === b.name;
}
