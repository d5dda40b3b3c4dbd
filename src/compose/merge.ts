import { compareNumber, compareText } from '../base/index.ts';
import { mergeExtras } from './merge-extras.ts';
import type { ListShape, MapShape, RecordShape, Shape } from './model/shape.ts';
import { itemsOf, type Origin, partsOf, type Traced, tracedList, tracedRecord } from './traced.ts';

/** Something that a merge did, for those who did not expect it. */
export type MergeEvent = {
  readonly path: readonly string[];
  /** The override's place. */
  readonly at: Origin;
} & (
  | { readonly kind: 'appended'; readonly base: Origin }
  | { readonly kind: 'override-ignored'; readonly written: unknown; readonly kept: unknown }
  | { readonly kind: 'collapsed'; readonly by: string; readonly lost: readonly Traced[] }
  | { readonly kind: 'port-added'; readonly target: number; readonly published: number; readonly base: Origin }
  | { readonly kind: 'entry-replaced'; readonly lost: readonly string[] }
  | { readonly kind: 'aliases-replaced'; readonly lost: readonly string[] }
  | { readonly kind: 'options-lost'; readonly lost: readonly string[] }
);

export type OnMerge = (event: MergeEvent) => void;

/**
 * Lays an override over a value. As a rule what is written wins, unless it is empty: null, '', 0, false or an empty
 * list never override. The exceptions are in the shapes. (cli/compose/loader/merge.go, dario.cat/mergo)
 */
export function merge(
  shape: Shape,
  base: Traced | undefined,
  override: Traced | undefined,
  path: readonly string[],
  onMerge: OnMerge,
): Traced | undefined {
  if (shape.kind === 'list' && typeof shape.merge === 'object' && base) {
    return mergeKeyed(shape, shape.merge.by, base, override, path, onMerge);
  }
  if (!base) return override;
  if (!override) return base;
  switch (shape.kind) {
    case 'list':
      return mergeList(shape, base, override, path, onMerge);
    case 'map':
      return mergeMap(shape, base, override, path, onMerge);
    case 'record':
      return mergeRecord(shape, base, override, path, onMerge);
    case 'extras':
      return mergeExtras(base, override);
    default: {
      // An unsigned whole number that docker holds by reference overrides even with 0.
      const zeroOverrides = shape.kind === 'whole' && shape.isReference;
      if (zeroOverrides || !isEmpty(override.value)) return override;
      if (!isEmpty(base.value)) {
        onMerge({ kind: 'override-ignored', path, at: override.origin, written: override.value, kept: base.value });
      }
      return base;
    }
  }
}

function mergeRecord(
  shape: RecordShape,
  base: Traced,
  override: Traced,
  path: readonly string[],
  onMerge: OnMerge,
): Traced | undefined {
  switch (shape.merge) {
    case 'replace':
      return override;
    case 'logging':
      return mergeLogging(base, override, path, onMerge);
    case 'attachment':
      return mergeAttachment(base, override, path, onMerge);
    default: {
      const [old, changes] = [partsOf(base), partsOf(override)];
      const merged = new Map<string, Traced>();
      for (const { key, shape: fieldShape } of shape.fields) {
        const value = merge(fieldShape, old.get(key), changes.get(key), [...path, key], onMerge);
        if (value) merged.set(key, value);
      }
      return tracedRecord(merged, base.origin.at);
    }
  }
}

function mergeList(
  shape: ListShape,
  base: Traced,
  override: Traced,
  path: readonly string[],
  onMerge: OnMerge,
): Traced {
  if (isEmpty(override.value)) return base;
  if (shape.merge === 'replace' || isEmpty(base.value)) return override;
  onMerge({ kind: 'appended', path, at: override.origin, base: base.origin });
  return tracedList([...itemsOf(base), ...itemsOf(override)], base.origin.at);
}

/**
 * Lists of ports, volumes, secrets and configs are keyed and sorted as soon as their service stands in a second file,
 * even if that file says nothing about them: entries of the base with the same key are lost.
 */
function mergeKeyed(
  shape: ListShape,
  by: string,
  base: Traced,
  override: Traced | undefined,
  path: readonly string[],
  onMerge: OnMerge,
): Traced {
  const keyed = new Map<string | number, Traced>();
  for (const list of override ? [base, override] : [base]) {
    const lost: Traced[] = [];
    const fresh = new Map<string | number, Traced>();
    for (const item of itemsOf(list)) {
      const key = keyOf(shape.item, by, item);
      const earlier = fresh.get(key);
      if (earlier) lost.push(earlier);
      fresh.set(key, item);
    }
    for (const [key, item] of fresh) keyed.set(key, item);
    if (lost.length > 0) onMerge({ kind: 'collapsed', path, at: list.origin, by, lost });
  }
  if (by === 'published' && override) tellAddedPorts(base, override, path, onMerge);
  const sorted = [...keyed].sort(([a], [b]) =>
    typeof a === 'number' && typeof b === 'number' ? compareNumber(a, b) : compareText(String(a), String(b)),
  );
  return tracedList(
    sorted.map(([, item]) => item),
    (override ?? base).origin.at,
  );
}

/** Who publishes a port elsewhere in a later file probably means to move it. */
function tellAddedPorts(base: Traced, override: Traced, path: readonly string[], onMerge: OnMerge): void {
  const ports = itemsOf(base).map(portOf);
  for (const item of itemsOf(override)) {
    const { target, published, protocol } = portOf(item);
    const same = ports.filter((port) => port.target === target && port.protocol === protocol && port.published);
    const [first] = same;
    if (!published || !first || same.some((port) => port.published === published)) continue;
    onMerge({ kind: 'port-added', path, at: item.origin, target, published: first.published!, base: first.origin });
  }
}

function portOf({ value, origin }: Traced) {
  return { ...(value as { target: number; published?: number; protocol?: string }), origin };
}

function keyOf(shape: Shape, by: string, item: Traced): string | number {
  const value = (item.value as Record<string, string | number | undefined>)[by];
  const field = shape.kind === 'record' ? shape.fields.find(({ key }) => key === by) : undefined;
  return value ?? (field?.shape.kind === 'whole' ? 0 : '');
}

function mergeMap(shape: MapShape, base: Traced, override: Traced, path: readonly string[], onMerge: OnMerge): Traced {
  const merged = new Map(partsOf(base));
  for (const [key, item] of partsOf(override)) {
    const old = merged.get(key);
    if (shape.value.kind === 'record') {
      if (item.value === null && old) continue;
      const both = old && old.value !== null;
      merged.set(key, both ? merge(shape.value, old, item, [...path, key], onMerge)! : item);
    } else if (shape.emptyOverrides || !old || isEmpty(old.value) || !isEmpty(item.value)) merged.set(key, item);
    else {
      const event = { path: [...path, key], at: item.origin, written: item.value, kept: old.value };
      onMerge({ kind: 'override-ignored', ...event });
    }
  }
  return tracedRecord(merged, base.origin.at);
}

function mergeLogging(base: Traced, override: Traced, path: readonly string[], onMerge: OnMerge): Traced {
  const [old, changes] = [partsOf(base), partsOf(override)];
  const [oldDriver, newDriver] = [old.get('driver')?.value || '', changes.get('driver')?.value || ''];
  if (oldDriver !== newDriver && oldDriver !== '' && newDriver !== '') return override;
  const merged = new Map(old);
  if (oldDriver === '' && newDriver !== '') merged.set('driver', changes.get('driver')!);
  const [oldOptions, newOptions] = [old.get('options'), changes.get('options')];
  if (oldOptions && newOptions) {
    merged.set(
      'options',
      tracedRecord(new Map([...partsOf(oldOptions), ...partsOf(newOptions)]), oldOptions.origin.at),
    );
  } else if (newOptions && !isEmpty(newOptions.value)) {
    // Docker adds the options to a map that it forgets to keep.
    const lost = [...partsOf(newOptions).keys()];
    onMerge({ kind: 'options-lost', path: [...path, 'options'], at: newOptions.origin, lost });
  }
  return tracedRecord(merged, base.origin.at);
}

/** The override's aliases take the place of the base's even if it has none; driver options of the base stay. */
function mergeAttachment(base: Traced, override: Traced, path: readonly string[], onMerge: OnMerge): Traced {
  const merged = new Map(partsOf(base));
  const changes = partsOf(override);
  const lost = (merged.get('aliases')?.value ?? []) as readonly string[];
  const aliases = changes.get('aliases');
  merged.delete('aliases');
  if (aliases) merged.set('aliases', aliases);
  const kept = (aliases?.value ?? []) as readonly string[];
  if (lost.some((alias) => !kept.includes(alias))) {
    onMerge({ kind: 'aliases-replaced', path: [...path, 'aliases'], at: (aliases ?? override).origin, lost });
  }
  for (const key of ['ipv4_address', 'ipv6_address']) {
    const address = changes.get(key);
    if (address && !isEmpty(address.value)) merged.set(key, address);
  }
  return tracedRecord(merged, base.origin.at);
}

/** What docker's merge does not count as a value. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) return true;
  return Array.isArray(value) && value.length === 0;
}
