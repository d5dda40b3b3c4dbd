import { formatDuration } from '../api/index.ts';
import { isEmpty } from './merge.ts';
import type { ConfigSections, Extras } from './model/config.ts';
import { fileObject, network, volume } from './model/resource.ts';
import { service } from './model/service.ts';
import type { RecordShape, Shape } from './model/shape.ts';
import { Timestamp } from './tree.ts';
import { naturalOrder } from './yaml/natural-order.ts';
import { writeYaml, type YamlValue } from './yaml/write.ts';

/** The text of `docker stack config`. (cli/command/stack/config.go, cli/compose/types/types.go) */
export function renderStackConfig(config: ConfigSections): string {
  const document = new Map<string, YamlValue>([
    ['version', config.version],
    ['services', renderSection(service, config.services)],
  ]);
  const sections = [
    ['networks', network, config.networks],
    ['volumes', volume, config.volumes],
    ['secrets', fileObject, config.secrets],
    ['configs', fileObject, config.configs],
  ] as const;
  for (const [name, shape, entries] of sections) {
    if (Object.keys(entries).length > 0) document.set(name, renderSection(shape, entries));
  }
  for (const [key, value] of renderExtras(config.extras)) document.set(key, value);
  return writeYaml(document);
}

function renderSection(shape: RecordShape, entries: Readonly<Record<string, unknown>>): YamlValue {
  return new Map(sortedEntries(entries).map(([name, entry]) => [name, renderRecord(shape, entry)]));
}

function render(shape: Shape, value: unknown): YamlValue {
  if (value === null) return null;
  switch (shape.kind) {
    case 'duration':
      return formatDuration(value as number);
    case 'size':
      return String(value);
    case 'list':
      return (value as readonly unknown[]).map((item) => render(shape.item, item));
    case 'map':
      return new Map(
        sortedEntries(value as Record<string, unknown>).map(([key, item]) => [key, render(shape.value, item)]),
      );
    case 'record':
      return renderRecord(shape, value);
    case 'whole':
      return BigInt(value as number);
    case 'text':
    case 'flag':
    case 'ratio':
      return value as YamlValue;
    default:
      return renderExtra(value);
  }
}

function renderRecord(shape: RecordShape, value: unknown): YamlValue {
  const record = value as Readonly<Record<string, unknown>>;
  // A limit given as one number is printed as one.
  if (shape.fields[0]?.key === 'single' && record.single) return BigInt(record.single as number);
  const rendered = new Map<string, YamlValue>();
  for (const { key, shape: fieldShape } of shape.fields) {
    const part = record[key];
    if (part === undefined) continue;
    if (fieldShape.kind === 'extras') {
      for (const [name, extra] of renderExtras(part as Extras)) rendered.set(name, extra);
    } else if (!isZero(fieldShape, part)) rendered.set(key, render(fieldShape, part));
  }
  return rendered;
}

/** What is left out: nothing that is held by reference, otherwise everything empty. */
function isZero(shape: Shape, value: unknown): boolean {
  if ('isReference' in shape && shape.isReference) return value === null;
  if (shape.kind === 'map') return Object.keys(value as object).length === 0;
  if (shape.kind !== 'record') return isEmpty(value);
  const record = value as Readonly<Record<string, unknown>>;
  return shape.fields.every(({ key, shape: part }) => record[key] === undefined || isZero(part, record[key]));
}

function renderExtras(extras: Extras): readonly (readonly [string, YamlValue])[] {
  return sortedEntries(extras).map(([key, value]) => [key, renderExtra(value)]);
}

function renderExtra(value: unknown): YamlValue {
  if (Array.isArray(value)) return value.map(renderExtra);
  if (typeof value !== 'object' || value === null || value instanceof Timestamp) return value as YamlValue;
  return new Map(renderExtras(value as Extras));
}

function sortedEntries(record: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(record).sort(([a], [b]) => naturalOrder(a, b));
}
