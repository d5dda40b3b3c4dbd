import { compareText } from '../base/index.ts';
import { decodeExtras } from './decode.ts';
import { diagnose } from './diagnose/diagnose.ts';
import type { ReadFile, Surroundings } from './environment.ts';
import { goText } from './go-text.ts';
import { interpolate } from './interpolate.ts';
import { loadResources, type ResourceSection } from './load-resources.ts';
import { loadService } from './load-service.ts';
import { type MergeEvent, merge } from './merge.ts';
import type { ConfigSections } from './model/config.ts';
import { service as serviceShape } from './model/service.ts';
import { ComposeError, type Diagnostic, type Position } from './problem.ts';
import { DEFAULT_VERSION, validate } from './schema/validate.ts';
import { type ComposeFile, DEFAULT_MAX_BYTES, textOf } from './sources.ts';
import { type IgnoredKeys, ignoredKeys, refuseForbidden } from './special-keys.ts';
import { type Origin, originOf, partsOf, type Traced, traced, tracedRecord } from './traced.ts';
import { child, entriesOf, type Mapping, type Node } from './tree.ts';
import { parseYaml } from './yaml/parse.ts';

export interface LoadOptions {
  /** The environment of the process: for variables, `environment:` and `~`. Default empty. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that relative paths start from: docker takes that of the first file. Default `/`. */
  readonly workingDir?: string;
  /** Replaces `HOME` of the environment. */
  readonly home?: string;
  /** Gives the content of env files, secrets and configs by absolute path. Default: there are none. */
  readonly readFile?: ReadFile;
  /** `leave` keeps variables as they are written, as `--skip-interpolation` does. Default `replace`. */
  readonly variables?: 'replace' | 'leave';
  /** Takes each line of docker's log as it is written: also those before an error. */
  readonly onWarning?: (text: string) => void;
  /** The largest file that is read. Default 1 MiB. */
  readonly maxBytes?: number;
}

/** Compose files, merged: the sections, what is worth knowing about them, and where everything stands. */
export interface ComposeConfig extends ConfigSections {
  /** What docker writes to its log while loading (`level=warning`). */
  readonly warnings: readonly string[];
  /** What loads, but probably does not do what was meant. */
  readonly diagnostics: readonly Diagnostic[];
  /** The keys that Swarm does not act on, as `docker stack deploy` announces them. */
  readonly ignored: IgnoredKeys;
  /**
   * Where a value stands: in the file that won. Takes `services.web.deploy.replicas` or the keys one by one (needed for
   * keys with a dot); for an unknown path the place of the nearest part that is known.
   */
  positionOf(path: string | readonly (string | number)[]): Position;
}

/**
 * Loads Compose files as `docker stack deploy` does: each is parsed, checked and decoded, then they are merged from left
 * to right. The result is plain data.
 *
 * @throws ComposeError with docker's text and the place, for the first mistake that docker would report.
 * @example
 * const config = loadCompose([{ name: 'web.yml', content: 'services: {web: {image: nginx}}' }]);
 * config.services.web?.image; // 'nginx'
 */
export function loadCompose(files: readonly ComposeFile[], options: LoadOptions = {}): ComposeConfig {
  const [first] = files;
  if (!first) throw new ComposeError('read', 'Specify a Compose file (with --compose-file)');
  const warnings: string[] = [];
  const around = surroundings(options, warnings);
  const replacesVariables = options.variables !== 'leave';
  // Docker parses all files before it looks into any of them.
  const documents = files.map((file) => parseDocument(file, options.maxBytes ?? DEFAULT_MAX_BYTES));
  const version = versionOf(documents[0]!);
  const complete: Mapping[] = [];
  const loaded = documents.map((document) => {
    if (versionOf(document) !== version) {
      const message = `version mismatched between two composefiles : ${version} and ${versionOf(document)}`;
      throw new ComposeError('version', message, child(document, 'version')?.at ?? document.at);
    }
    refuseForbidden(document);
    const filled = replacesVariables ? interpolate(document, around.lookup) : nullEmptyLists(document);
    validate(filled, version);
    complete.push(filled);
    return loadSections(filled, version, around);
  });
  const events: MergeEvent[] = [];
  const merged = loaded.reduce((base, override, index) => mergeFiles(base, override, files[index]!.name, events));
  const config = { version, ...(merged.value as Omit<ConfigSections, 'version'>) };
  const lookup = replacesVariables ? around.lookup : undefined;
  return {
    ...config,
    warnings,
    ignored: ignoredKeys(documents),
    diagnostics: diagnose({ config, origin: merged.origin, documents, complete, events, lookup }),
    positionOf: (path) => originOf(merged.origin, resolveSteps(merged.origin, path)),
  };
}

function surroundings(options: LoadOptions, warnings: string[]): Surroundings {
  const env = new Map(Object.entries(options.env ?? {}));
  if (options.home !== undefined) env.set('HOME', options.home);
  return {
    workingDir: options.workingDir ?? '/',
    lookup: (name) => env.get(name),
    readFile: options.readFile ?? (() => undefined),
    warn: (text) => {
      warnings.push(text);
      options.onWarning?.(text);
    },
  };
}

function parseDocument(file: ComposeFile, maxBytes: number): Mapping {
  const tree = parseYaml(textOf(file, maxBytes), file.name);
  if (tree?.kind === 'mapping' && tree.hasTextKeys) return tree;
  const at = tree?.at ?? { file: file.name, line: 1, column: 1 };
  throw new ComposeError('yaml', 'top-level object must be a mapping', at);
}

/** A missing version and the bare `3` mean the newest format. (cli/compose/schema/schema.go) */
function versionOf(document: Mapping): string {
  const node = child(document, 'version');
  const version = node ? goText(node) : '';
  return version === '' || version === '3' ? DEFAULT_VERSION : version;
}

/** Without interpolation docker's copy of an empty list is nil, which the schema sees as null. */
function nullEmptyLists<T extends Node>(node: T): T {
  if (node.kind === 'mapping') {
    return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: nullEmptyLists(entry.value) })) };
  }
  if (node.kind !== 'sequence') return node;
  if (node.items.length === 0) return { kind: 'scalar', at: node.at, value: null } as Node as T;
  return { ...node, items: node.items.map(nullEmptyLists) };
}

const RESOURCES: readonly ResourceSection[] = ['networks', 'volumes', 'secrets', 'configs'];

function loadSections(document: Mapping, version: string, around: Surroundings): Traced {
  const services = new Map<string, Traced>();
  for (const { key, value } of entriesOf(child(document, 'services'))) {
    services.set(key, loadService(value as Mapping, around));
  }
  const minor = Number(version.slice(2));
  const sections = new Map<string, Traced>([
    ['services', tracedRecord(services, child(document, 'services')?.at ?? document.at)],
  ]);
  for (const name of RESOURCES) {
    const node = child(document, name);
    sections.set(name, node ? loadResources(name, node, minor, around) : traced({}, document.at));
  }
  sections.set('extras', decodeExtras(document) ?? traced({}, document.at));
  return tracedRecord(sections, document.at);
}

/** (cli/compose/loader/merge.go) */
function mergeFiles(base: Traced, override: Traced, overrideFile: string, events: MergeEvent[]): Traced {
  const [old, changes] = [partsOf(base), partsOf(override)];
  const merged = new Map(old);
  merged.set('services', mergeServices(old.get('services')!, changes.get('services')!, overrideFile, events));
  for (const section of RESOURCES) {
    // An entry of a later file takes the place of the earlier one as a whole, even if it is empty.
    const entries = new Map(partsOf(old.get(section)!));
    for (const [name, entry] of partsOf(changes.get(section)!)) {
      const lost = Object.keys((entries.get(name)?.value as object | undefined) ?? {}).filter(
        (key) => !Object.hasOwn(entry.value as object, key),
      );
      if (lost.length > 0) events.push({ kind: 'entry-replaced', path: [section, name], at: entry.origin, lost });
      entries.set(name, entry);
    }
    merged.set(section, tracedRecord(entries, old.get(section)!.origin.at));
  }
  return tracedRecord(merged, base.origin.at);
}

function mergeServices(base: Traced, override: Traced, overrideFile: string, events: MergeEvent[]): Traced {
  const services = new Map(partsOf(base));
  for (const [name, changes] of partsOf(override)) {
    const old = services.get(name);
    try {
      const onMerge = (event: MergeEvent): void => void events.push(event);
      services.set(name, old ? merge(serviceShape, old, changes, ['services', name], onMerge)! : changes);
    } catch (error) {
      if (!(error instanceof ComposeError)) throw error;
      const message = `cannot merge services from ${overrideFile}: cannot merge service ${name}: ${error.message}`;
      throw new ComposeError('merge', message, changes.origin.at);
    }
  }
  const sorted = [...services].sort(([a], [b]) => compareText(a, b));
  return tracedRecord(new Map(sorted), base.origin.at);
}

/** A text is cut at its dots, but a key that has dots itself is found, too. */
function resolveSteps(root: Origin, path: string | readonly (string | number)[]): readonly string[] {
  if (typeof path !== 'string') return path.map(String);
  const pieces = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  const steps: string[] = [];
  let origin: Origin | undefined = root;
  while (pieces.length > 0) {
    let length = 1;
    for (let candidate = pieces.length; candidate >= 1; candidate -= 1) {
      if (!origin?.parts.has(pieces.slice(0, candidate).join('.'))) continue;
      length = candidate;
      break;
    }
    const step = pieces.splice(0, length).join('.');
    steps.push(step);
    origin = origin?.parts.get(step);
  }
  return steps;
}
