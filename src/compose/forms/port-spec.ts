import { canonicalIp, isUnspecified } from '../../go/index.ts';

/** One container port of a short port form, with the host ports that it may be published on. */
export interface PortBinding {
  readonly target: number;
  readonly protocol: string;
  /** Absent: not published; more than one: a range for a single container port. */
  readonly published?: { readonly from: number; readonly to: number };
}

export interface PortSpec {
  /** The address that was asked for, unless it means all of them. Swarm ignores it. */
  readonly hostIp: string | undefined;
  readonly bindings: readonly PortBinding[];
}

/**
 * Reads `[[ip:]published[-end]:]target[-end][/protocol]`; undefined if it is none. (go-connections nat.ParsePortSpec)
 */
export function parsePortSpec(spec: string): PortSpec | undefined {
  const parts = spec.split(':');
  const container = parts.at(-1)!;
  const host = parts.length > 1 ? parts.at(-2)! : '';
  const ip = addressOf(parts.slice(0, -2).join(':'));
  const [range = '', protocolText = ''] = container.split('/');
  const protocol = (protocolText || 'tcp').toLowerCase();
  const target = parseRange(range);
  const published = host === '' ? undefined : parseRange(host);
  if (ip === undefined || !target || (host !== '' && !published)) return undefined;
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) return undefined;
  const count = target.to - target.from;
  if (published && published.to - published.from !== count && count !== 0) return undefined;
  const bindings: PortBinding[] = [];
  for (let offset = 0; offset <= count; offset += 1) {
    const binding = { target: target.from + offset, protocol };
    if (!published) bindings.push(binding);
    else if (count === 0) bindings.push({ ...binding, published });
    else bindings.push({ ...binding, published: { from: published.from + offset, to: published.from + offset } });
  }
  return { hostIp: ip === '' || isUnspecified(ip) ? undefined : ip, bindings };
}

/** The address without its brackets, '' if there is none, undefined if it is not one. */
function addressOf(text: string): string | undefined {
  const bare = text.startsWith('[') ? /^\[([^[\]]*)\]$/.exec(text)?.[1] : text;
  return bare === undefined || (bare !== '' && canonicalIp(bare) === undefined) ? undefined : bare;
}

/** A third number behind a second dash is ignored, as in Go. */
function parseRange(text: string): { readonly from: number; readonly to: number } | undefined {
  const [first = '', last = first] = text.split('-');
  const [from, to] = [parsePort(first), parsePort(last)];
  return from === undefined || to === undefined || to < from ? undefined : { from, to };
}

function parsePort(text: string): number | undefined {
  return /^\d+$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
}
