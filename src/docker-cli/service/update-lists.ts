/** How `service update` changes lists and maps: what to remove, then (or first) what to add; sorted where docker sorts. */

import { compareText } from '../../base/index.ts';
import type { CommandContext } from '../command.ts';
import type { ContainerSpec, Mount, Ulimit } from '../engine/container-types.ts';
import { inspectNetwork } from '../engine/objects.ts';
import type { NetworkAttachment, PortConfig } from '../engine/task-types.ts';
import { CommandFailure } from '../failure.ts';
import type { Flags } from '../flags/flag.ts';
import { keyValues } from '../flags/types.ts';
import { hostLines } from './create-spec.ts';

type Pairs = Record<string, string> | null;

/** A map with `--<flag>-rm` and `--<flag>-add`. */
export function changedPairs(existing: Pairs, flags: Flags, flag: string): Pairs {
  if (!flags.changed(`${flag}-rm`, `${flag}-add`)) return existing;
  const pairs: Record<string, string> = { ...existing };
  for (const entry of flags.list(`${flag}-rm`)) {
    // Labels are removed by the whole text, sysctls by what stands before an equals sign.
    delete pairs[flag === 'sysctl' ? entry.split('=', 1)[0]! : entry];
  }
  return existing === null && !flags.changed(`${flag}-add`)
    ? null
    : { ...pairs, ...keyValues(flags.list(`${flag}-add`)) };
}

/** A list with `--<flag>-add` and `--<flag>-rm`, sorted once it is touched. */
export function changedSorted(existing: string[] | null, flags: Flags, flag: string): string[] | null {
  if (!flags.changed(`${flag}-add`, `${flag}-rm`)) return existing;
  const removed = flags.list(`${flag}-rm`);
  return [...(existing ?? []), ...flags.list(`${flag}-add`)]
    .filter((item) => !removed.includes(item))
    .sort(compareText);
}

/** One entry per name. Docker's order after an addition is that of a Go map, that is random. */
export function changedVariables(existing: readonly string[], flags: Flags): string[] {
  const nameOf = (variable: string) => variable.split('=', 1)[0]!;
  const removed = flags.list('env-rm');
  const kept = existing.filter((variable) => !removed.includes(nameOf(variable)));
  if (!flags.changed('env-add')) return kept;
  return [...new Map([...kept, ...flags.list('env-add')].map((variable) => [nameOf(variable), variable])).values()];
}

/** By target; sorted by source even where nothing changes. */
export function changedMounts(
  existing: readonly Mount[],
  added: readonly Mount[],
  removed: readonly string[],
): Mount[] {
  const byTarget = new Map<string, Mount>();
  for (const mount of added) {
    if (byTarget.has(mount.Target)) throw new CommandFailure('duplicate mount target');
    byTarget.set(mount.Target, mount);
  }
  for (const mount of existing) if (!byTarget.has(mount.Target)) byTarget.set(mount.Target, mount);
  return [...byTarget.values()]
    .filter(({ Target }) => !removed.includes(Target))
    .sort((a, b) => compareText(a.Source, b.Source) || compareText(a.Target, b.Target));
}

export function changedUlimits(
  existing: readonly Ulimit[],
  added: readonly Ulimit[],
  removed: readonly string[],
): Ulimit[] {
  const gone = Object.keys(keyValues(removed));
  const kept = existing.filter(({ Name }) => !gone.includes(Name));
  const byName = new Map([...kept, ...added].map((limit) => [limit.Name, limit]));
  return [...byName.values()].sort((a, b) => compareText(a.Name, b.Name));
}

export function changedPorts(
  existing: readonly PortConfig[],
  added: readonly PortConfig[],
  removed: readonly PortConfig[],
): PortConfig[] {
  const known = new Map(existing.map((port) => [portText(port), port]));
  const kept = [...known.values()].filter((port) => !removed.some((other) => isSamePort(port, other)));
  // A port that was there is not added again, even if it has just been removed.
  const fresh = added.filter((port) => !known.has(portText(port)));
  return [...kept, ...fresh].sort((a, b) => compareText(portText(a), portText(b)));
}

function portText(port: PortConfig): string {
  return `${port.PublishedPort}:${port.TargetPort}/${port.Protocol}/${port.PublishMode}`;
}

/** A removal names the target port; the published one does not matter. */
function isSamePort(port: PortConfig, other: PortConfig): boolean {
  return (
    port.TargetPort === other.TargetPort &&
    (port.Protocol || 'tcp') === (other.Protocol || 'tcp') &&
    (port.PublishMode || 'ingress') === (other.PublishMode || 'ingress')
  );
}

export function changedDns(existing: ContainerSpec['DNSConfig'], flags: Flags): ContainerSpec['DNSConfig'] {
  const names = ['dns', 'dns-search', 'dns-option'];
  if (!flags.changed(...names.flatMap((name) => [`${name}-add`, `${name}-rm`]))) return existing;
  const merge = (list: readonly string[] | null | undefined, flag: string) => {
    const removed = flags.list(`${flag}-rm`);
    const all = new Set([...(list ?? []), ...flags.list(`${flag}-add`)]);
    return [...all].filter((item) => !removed.includes(item)).sort(compareText);
  };
  return {
    Nameservers: merge(existing?.Nameservers, 'dns'),
    Search: merge(existing?.Search, 'dns-search'),
    Options: merge(existing?.Options, 'dns-option'),
  };
}

/** Entries are `address name [aliases]`; a removal `name[:address]` takes the name out of each that it matches. */
export function changedHosts(existing: ContainerSpec['Hosts'], flags: Flags): ContainerSpec['Hosts'] {
  if (!flags.changed('host-add', 'host-rm')) return existing;
  const removals = flags.list('host-rm').map((entry) => {
    const at = entry.indexOf(':');
    return at < 0 ? { name: entry, address: '' } : { name: entry.slice(0, at), address: entry.slice(at + 1) };
  });
  const kept = (existing ?? []).flatMap((entry) => {
    const [address, ...names] = entry.trim().split(/\s+/);
    const left = names.filter(
      (name) =>
        !removals.some((removal) => removal.name === name && (removal.address === '' || removal.address === address)),
    );
    return left.length === 0 ? [] : [`${address} ${left.join(' ')}`];
  });
  return [...new Set([...kept, ...hostLines(flags.list('host-add'))])];
}

export function changedNetworks(
  { client, flags }: CommandContext,
  existing: NetworkAttachment[] | null,
): NetworkAttachment[] | null {
  if (!flags.changed('network-add', 'network-rm')) return existing;
  const removed = [...new Set(flags.list('network-rm'))]
    .sort(compareText)
    .map((reference) => inspectNetwork(client, reference, 'swarm').Id);
  const networks = (existing ?? []).filter(({ Target }) => !removed.includes(Target));
  for (const network of flags.get<readonly NetworkAttachment[]>('network-add') ?? []) {
    const Target = inspectNetwork(client, network.Target, 'swarm').Id;
    if (networks.some((other) => other.Target === Target)) {
      throw new CommandFailure(`service is already attached to network ${network.Target}`);
    }
    networks.push({ ...network, Target });
  }
  return networks.sort((a, b) => compareText(a.Target, b.Target));
}
