import { compareText } from '../base/index.ts';
import { ComposeError, type Position } from './problem.ts';
import { child, entriesOf, type Mapping } from './tree.ts';

/** Keys of services that Swarm does not act on. */
export interface IgnoredKeys {
  /** Sorted names: `Ignoring unsupported options: build, links`. `restart` is among them, but is used all the same. */
  readonly unsupported: readonly string[];
  /** Sorted `name: description` lines. */
  readonly deprecated: readonly string[];
}

export const UNSUPPORTED_KEYS: readonly string[] = [
  'build',
  'cgroupns_mode',
  'cgroup_parent',
  'devices',
  'domainname',
  'external_links',
  'ipc',
  'links',
  'mac_address',
  'network_mode',
  'pid',
  'privileged',
  'restart',
  'security_opt',
  'shm_size',
  'userns_mode',
];

export const DEPRECATED_KEYS: Readonly<Record<string, string>> = {
  container_name: 'Setting the container name is not supported.',
  expose:
    "Exposing ports is unnecessary - services on the same network can access each other's containers on any port.",
};

const LIMITS = 'Set resource limits using deploy.resources';

const FORBIDDEN_KEYS: Readonly<Record<string, string>> = {
  extends: 'Support for `extends` is not implemented yet.',
  volume_driver:
    'Instead of setting the volume driver on the service, define a volume using the top-level `volumes` option and specify the driver there.',
  volumes_from:
    'To share a volume between services, define it using the top-level `volumes` option and reference it from each service that shares it using the service-level `volumes` option.',
  cpu_quota: LIMITS,
  cpu_shares: LIMITS,
  cpuset: LIMITS,
  mem_limit: LIMITS,
  memswap_limit: LIMITS,
};

/** A file uses keys that `docker stack` refuses. `message` is what `stack config` says. */
export class ForbiddenKeysError extends ComposeError {
  /** Sorted `name: description` lines, as `stack deploy` lists them. */
  readonly lines: readonly string[];

  constructor(lines: readonly string[], at: Position) {
    super('forbidden', 'Configuration contains forbidden properties', at, lines.join('\n'));
    this.lines = lines;
  }
}

/** @throws ForbiddenKeysError */
export function refuseForbidden(document: Mapping): void {
  const { lines, at } = findKeys([document], FORBIDDEN_KEYS);
  if (at) throw new ForbiddenKeysError(lines, at);
}

export function ignoredKeys(documents: readonly Mapping[]): IgnoredKeys {
  const unsupported = new Set<string>();
  for (const { key } of documents.flatMap(serviceKeys)) if (UNSUPPORTED_KEYS.includes(key)) unsupported.add(key);
  return {
    unsupported: [...unsupported].sort(compareText),
    deprecated: findKeys(documents, DEPRECATED_KEYS).lines,
  };
}

function findKeys(
  documents: readonly Mapping[],
  descriptions: Readonly<Record<string, string>>,
): { readonly lines: readonly string[]; readonly at: Position | undefined } {
  const found = new Map<string, Position>();
  for (const { key, keyAt } of documents.flatMap(serviceKeys)) {
    if (Object.hasOwn(descriptions, key) && !found.has(key)) found.set(key, keyAt);
  }
  const [first] = found.values();
  return { lines: [...found.keys()].map((key) => `${key}: ${descriptions[key]}`).sort(compareText), at: first };
}

function serviceKeys(document: Mapping): readonly { readonly key: string; readonly keyAt: Position }[] {
  return entriesOf(child(document, 'services')).flatMap(({ value }) => entriesOf(value));
}
