import { compareText } from '../base/index.ts';
import type { Lane } from './lane.ts';

/** A machine by its name, or every machine of a site. */
export type Machines = readonly (string | { readonly site: string })[];

/** Which messages a rule is about. With neither `from` nor `to`, all. */
export interface Traffic {
  /** Default: every machine that `to` does not name. */
  readonly from?: Machines;
  /** Default: every machine that `from` does not name. */
  readonly to?: Machines;
  /** Only what goes from `from` to `to`, and not what comes back. Default false. */
  readonly oneWay?: boolean;
  /** Default: every channel. */
  readonly channel?: string;
}

/** Which site each machine belongs to; a machine without an entry belongs to none. */
export type Sites = ReadonlyMap<string, string>;

export function concerns(traffic: Traffic, { from, to, channel }: Lane, sites: Sites): boolean {
  if (traffic.channel !== undefined && traffic.channel !== channel) return false;
  return goes(traffic, from, to, sites) || (!traffic.oneWay && goes(traffic, to, from, sites));
}

function goes({ from, to }: Traffic, sender: string, receiver: string, sites: Sites): boolean {
  const isSender = from ? isAmong(from, sender, sites) : !(to && isAmong(to, sender, sites));
  const isReceiver = to ? isAmong(to, receiver, sites) : !(from && isAmong(from, receiver, sites));
  return isSender && isReceiver;
}

function isAmong(machines: Machines, name: string, sites: Sites): boolean {
  return machines.some((machine) =>
    typeof machine === 'string' ? machine === name : machine.site === sites.get(name),
  );
}

/** In words: `m1 <-> m2, m3`, `site eu -> all others`. */
export function trafficText({ from, to, oneWay, channel }: Traffic): string {
  const ends = from || to ? [machinesText(from), oneWay ? '->' : '<->', machinesText(to)].join(' ') : 'all links';
  return channel === undefined ? ends : `${ends}, channel ${channel}`;
}

function machinesText(machines: Machines | undefined): string {
  if (!machines) return 'all others';
  return machines
    .map((machine) => (typeof machine === 'string' ? machine : `site ${machine.site}`))
    .sort(compareText)
    .join(', ');
}
