import { decode, decodeExtras } from './decode.ts';
import type { Surroundings } from './environment.ts';
import { fileObject, network, volume } from './model/resource.ts';
import { map, type RecordShape } from './model/shape.ts';
import { pathIn } from './paths.ts';
import { ComposeError } from './problem.ts';
import { partsOf, type Traced, traced, tracedRecord } from './traced.ts';
import { child, type Node } from './tree.ts';

/** A section of the file besides `services`. */
export type ResourceSection = 'networks' | 'volumes' | 'secrets' | 'configs';

interface Kind {
  readonly noun: string;
  readonly shape: RecordShape;
  /** The minor version of the format from which on `external.name` is called deprecated. */
  readonly deprecatesExternalName: number;
}

const KINDS: Readonly<Record<ResourceSection, Kind>> = {
  networks: { noun: 'network', shape: network, deprecatesExternalName: 5 },
  volumes: { noun: 'volume', shape: volume, deprecatesExternalName: 4 },
  secrets: { noun: 'secret', shape: fileObject, deprecatesExternalName: 5 },
  configs: { noun: 'config', shape: fileObject, deprecatesExternalName: 5 },
};

/**
 * Decodes a section and settles the names of external objects and the paths of files. (cli/compose/loader/loader.go
 * LoadNetworks, LoadVolumes, LoadSecrets, LoadConfigObjs)
 */
export function loadResources(section: ResourceSection, node: Node, minor: number, around: Surroundings): Traced {
  const kind = KINDS[section];
  const decoded = decode(map(kind.shape), node);
  const loaded = new Map<string, Traced>();
  for (const [name, entry] of partsOf(decoded)) {
    const source = child(node, name)!;
    const parts = entry.value === null ? new Map<string, Traced>() : new Map(partsOf(entry));
    const isFile = section === 'secrets' || section === 'configs';
    if (parts.get('external')?.value) {
      if (section === 'volumes') refuseExternalDetails(name, parts);
      settleExternalName(name, kind, parts, source, minor, around);
    } else if (isFile) settleFile(name, kind, parts, entry, around);
    // Docker keeps the extension keys of external networks and volumes only.
    const keepsExtras = isFile || parts.get('external')?.value;
    const extras = keepsExtras && source.kind === 'mapping' ? decodeExtras(source) : undefined;
    if (extras) parts.set('extras', extras);
    loaded.set(name, tracedRecord(parts, entry.origin.at));
  }
  return tracedRecord(loaded, decoded.origin.at);
}

function refuseExternalDetails(name: string, parts: ReadonlyMap<string, Traced>): void {
  for (const key of ['driver', 'driver_opts', 'labels']) {
    const part = parts.get(key);
    if (!part) continue;
    const isWritten = typeof part.value === 'string' ? part.value !== '' : Object.keys(part.value as object).length > 0;
    if (!isWritten) continue;
    const message = `conflicting parameters "external" and "${key}" specified for volume "${name}"`;
    throw new ComposeError('decode', message, part.origin.at, 'an external volume exists already: only name it');
  }
}

function settleExternalName(
  name: string,
  { noun, deprecatesExternalName }: Kind,
  parts: Map<string, Traced>,
  source: Node,
  minor: number,
  around: Surroundings,
): void {
  const named = child(child(source, 'external'), 'name');
  const externalName = named?.kind === 'scalar' && typeof named.value === 'string' ? named.value : '';
  if (externalName === '') {
    if (!parts.get('name')?.value) parts.set('name', traced(name, source.at));
    return;
  }
  if (parts.get('name')?.value) {
    const message = `${noun} ${name}: ${noun}.external.name and ${noun}.name conflict; only use ${noun}.name`;
    throw new ComposeError('decode', message, named!.at);
  }
  if (minor >= deprecatesExternalName) {
    around.warn(`${noun} ${name}: ${noun}.external.name is deprecated in favor of ${noun}.name`);
  }
  parts.set('name', traced(externalName, named!.at));
}

function settleFile(
  name: string,
  { noun }: Kind,
  parts: Map<string, Traced>,
  entry: Traced,
  around: Surroundings,
): void {
  const file = parts.get('file');
  if (parts.get('driver')?.value) {
    if (!file?.value) return;
    const message = `${noun} ${name}: ${noun}.driver and ${noun}.file conflict; only use ${noun}.driver`;
    throw new ComposeError('decode', message, file.origin.at);
  }
  const path = pathIn(around.workingDir, String(file?.value ?? ''));
  parts.set('file', traced(path, (file ?? entry).origin.at));
}
