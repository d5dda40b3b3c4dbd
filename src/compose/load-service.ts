import { decode, decodeExtras } from './decode.ts';
import { resolveEnvironment, type Surroundings } from './environment.ts';
import { parsePortSpec } from './forms/port-spec.ts';
import { goText } from './go-text.ts';
import { service as serviceShape } from './model/service.ts';
import { isWindowsAbsolute, pathIn } from './paths.ts';
import { ComposeError } from './problem.ts';
import { itemsOf, partsOf, type Traced, traced, tracedList, tracedRecord } from './traced.ts';
import { child, type Mapping } from './tree.ts';

/** Decodes one service and resolves what depends on its surroundings. (cli/compose/loader/loader.go LoadService) */
export function loadService(node: Mapping, around: Surroundings): Traced {
  const decoded = decode(serviceShape, node);
  warnOfHostAddresses(node, around);
  const parts = new Map(partsOf(decoded));
  const environment = resolveEnvironment(parts, around);
  if (environment) parts.set('environment', environment);
  const volumes = parts.get('volumes');
  if (volumes) parts.set('volumes', resolveVolumePaths(volumes, around));
  const extras = decodeExtras(node);
  if (extras) parts.set('extras', extras);
  return tracedRecord(parts, decoded.origin.at);
}

/** A service listens on every address of a node: docker drops the address and says so in its log. */
function warnOfHostAddresses(node: Mapping, around: Surroundings): void {
  const ports = child(node, 'ports');
  for (const item of ports?.kind === 'sequence' ? ports.items : []) {
    if (item.kind !== 'scalar') continue;
    const spec = parsePortSpec(goText(item));
    if (!spec?.hostIp) continue;
    const host = spec.hostIp.includes(':') ? `[${spec.hostIp}]` : spec.hostIp;
    for (const { target, protocol, published } of spec.bindings) {
      const range = published ? [...new Set([published.from, published.to])].join('-') : '';
      around.warn(`ignoring IP-address (${host}:${range}:${target}/${protocol}) service will listen on '0.0.0.0'`);
    }
  }
}

function resolveVolumePaths(volumes: Traced, around: Surroundings): Traced {
  const resolved = itemsOf(volumes).map((mount) => {
    const { type, source } = mount.value as { readonly type?: string; readonly source?: string };
    if (type !== 'bind') return mount;
    if (!source) {
      const message = 'invalid mount config for type "bind": field Source must not be empty';
      throw new ComposeError('decode', message, mount.origin.at);
    }
    const parts = new Map(partsOf(mount));
    const path = resolvePath(source, around);
    parts.set('source', traced(path, (parts.get('source') ?? mount).origin.at));
    return tracedRecord(parts, mount.origin.at);
  });
  return tracedList(resolved, volumes.origin.at);
}

function resolvePath(source: string, around: Surroundings): string {
  let path = source;
  if (source.startsWith('~')) {
    const home = around.lookup('HOME');
    if (home === undefined) around.warn("cannot expand '~', because the environment lacks HOME");
    else path = home + source.slice(1);
  }
  return isWindowsAbsolute(path) ? path : pathIn(around.workingDir, path);
}
