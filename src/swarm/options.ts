/** What a swarm is made of, as a user says it. */

import { type AgentLatencies, NO_LATENCIES, REAL_LATENCIES } from '../agent/index.ts';
import type { Availability, Labels } from '../api/index.ts';
import { parseBytes } from '../api/index.ts';
import { DryswarmError, type Micros, millis } from '../base/index.ts';
import type { Races } from '../manager/index.ts';
import type { Rule } from '../network/index.ts';
import type { Distribution, Limits, Seed, SinkOptions } from '../sim/index.ts';

export interface NodeDefinition {
  /** Also the host name. Must be unique. */
  readonly name: string;
  /** Default `worker`. */
  readonly role?: 'manager' | 'worker';
  /** Default `active`. */
  readonly availability?: Availability;
  readonly labels?: Labels;
  readonly engineLabels?: Labels;
  /** Default 4. */
  readonly cpus?: number;
  /** Bytes, or text such as `8g`. Default 8 GiB. */
  readonly memory?: number | string;
  /** Default linux on x86_64. */
  readonly platform?: { readonly os: string; readonly architecture: string };
  /** One of {@link SwarmOptions.sites}, where it is not listed there. Default: none, near all that is in none. */
  readonly site?: string;
}

/** Every pause of a real cluster that is not somebody's choice. */
export interface Latencies extends AgentLatencies {
  /** The dispatcher writes what agents report in batches of this length. Real: 100 ms. */
  readonly reportBatch: Micros;
  /** Changes are sent to an agent when they have been quiet for this long. Real: 100 ms. */
  readonly assignmentBatch: Micros;
  /**
   * One way between two machines: microseconds, or a distribution of them. Real: 0.5 ms, within one site. What a
   * machine sends itself takes no time.
   */
  readonly network: Micros | Distribution;
  /**
   * A write of a manager's raft log that must be safe before anything follows from it. Default none, so that with one
   * manager a write takes no time; real disks need from 0.1 ms to some 10 ms.
   */
  readonly disk: Micros | Distribution;
}

/** Machines that are near each other, and far from all others. */
export interface SiteDefinition {
  /** The names of its nodes. */
  readonly nodes: readonly string[];
  /** One way to the machines of other sites; of two sites that say different things the larger counts. */
  readonly latency: Micros;
}

/** How managers elect a leader; the same for all of them. */
export interface RaftTicks {
  /** Seconds without word from a leader after which an election may begin. Default 10. */
  readonly electionTick: number;
  /** Seconds between a leader's heartbeats. Default 1. */
  readonly heartbeatTick: number;
}

export interface SwarmOptions {
  /** Managers named m1, m2, ... Default 1. */
  readonly managers?: number;
  /** Workers named w1, w2, ... Default 0: managers run tasks too. */
  readonly workers?: number;
  /** Nodes with properties of their own, beside those. */
  readonly nodes?: readonly NodeDefinition[];
  /** What the nodes named by number are like. */
  readonly node?: Omit<NodeDefinition, 'name' | 'role'>;
  /** All chance comes from it. Default 1: a constant, never the clock. */
  readonly seed?: Seed;
  /** `real` (default), `none`, or single values over the real ones. */
  readonly latencies?: 'real' | 'none' | Partial<Latencies>;
  /** Nodes by where they are. Default: all in one place. */
  readonly sites?: Readonly<Record<string, SiteDefinition>>;
  /** The daemon's options `swarm-raft-election-tick` and `swarm-raft-heartbeat-tick`. */
  readonly raft?: Partial<RaftTicks>;
  /** How ties that Swarm leaves to chance are decided. Default `dominant`: as they fall most often. */
  readonly races?: Races;
  /**
   * Whether what managers say to each other while nothing happens, and the heartbeats of agents, are left out (`skip`,
   * default) or run. Nothing depends on it but the time that it takes, and how often `runUntil` asks its condition.
   */
  readonly quietTime?: 'skip' | 'simulate';
  /** What is kept of the trace. Default everything. */
  readonly trace?: SinkOptions;
  /** Budgets against runaway runs. */
  readonly limits?: Partial<Limits>;
  /** Ended tasks kept per slot. Default 5. */
  readonly taskHistoryLimit?: number;
}

export interface ResolvedLatencies extends Omit<Latencies, 'network' | 'disk'> {
  readonly network: Distribution;
  readonly disk: Distribution;
}

export interface ResolvedOptions {
  readonly nodes: readonly NodeDefinition[];
  readonly seed: Seed;
  readonly latencies: ResolvedLatencies;
  readonly sites: Readonly<Record<string, SiteDefinition>>;
  readonly raft: RaftTicks;
  readonly quietTime: 'skip' | 'simulate';
  readonly races: Races;
  readonly trace: SinkOptions;
  readonly limits: Partial<Limits>;
  readonly taskHistoryLimit: number;
}

const REAL: Latencies = {
  ...REAL_LATENCIES,
  reportBatch: millis(100),
  assignmentBatch: millis(100),
  network: 500,
  disk: 0,
};
const NONE: Latencies = { ...NO_LATENCIES, reportBatch: 0, assignmentBatch: 0, network: 0, disk: 0 };

/** @throws DryswarmError (`invalid-options`) for what cannot be. */
export function resolveOptions(options: SwarmOptions): ResolvedOptions {
  const { managers = 1, workers = 0, nodes = [], node = {}, latencies = 'real' } = options;
  requireCount('managers', managers);
  requireCount('workers', workers);
  const all: NodeDefinition[] = [
    ...numbered('m', managers).map((name) => ({ ...node, name, role: 'manager' as const })),
    ...numbered('w', workers).map((name) => ({ ...node, name })),
    ...nodes,
  ];
  const twice = all.find(({ name }, index) => all.findIndex((other) => other.name === name) !== index);
  if (twice) throw new DryswarmError('invalid-options', `two nodes are named ${twice.name}`);
  if (!all.some(({ role }) => role === 'manager')) {
    throw new DryswarmError(
      'invalid-options',
      'a swarm needs at least one manager',
      'give managers: 1 or a node with role: manager',
    );
  }
  return {
    nodes: all,
    seed: options.seed ?? 1,
    latencies: resolveLatencies(latencies === 'real' ? REAL : latencies === 'none' ? NONE : { ...REAL, ...latencies }),
    sites: resolveSites(options.sites ?? {}, all),
    raft: resolveTicks(options.raft ?? {}),
    quietTime: options.quietTime ?? 'skip',
    races: options.races ?? 'dominant',
    trace: options.trace ?? { kind: 'full' },
    limits: options.limits ?? {},
    taskHistoryLimit: options.taskHistoryLimit ?? 5,
  };
}

function resolveLatencies({ network, disk, ...latencies }: Latencies): ResolvedLatencies {
  return { ...latencies, network: distributionOf(network), disk: distributionOf(disk) };
}

function distributionOf(value: Micros | Distribution): Distribution {
  return typeof value === 'number' ? { kind: 'fixed', value } : value;
}

function resolveSites(
  sites: Readonly<Record<string, SiteDefinition>>,
  nodes: readonly NodeDefinition[],
): Readonly<Record<string, SiteDefinition>> {
  for (const { site } of nodes) requireSite(sites, site);
  const placed = new Set<string>();
  const resolved = Object.entries(sites).map(([site, definition]) => {
    const listed = definition.nodes;
    const others = nodes.filter((node) => node.site === site && !listed.includes(node.name)).map(({ name }) => name);
    for (const name of [...listed, ...others]) {
      if (!nodes.some((node) => node.name === name))
        throw new DryswarmError('invalid-options', `site ${site} has a node ${name}, and the swarm has none`);
      if (placed.has(name)) throw new DryswarmError('invalid-options', `node ${name} is in two sites`);
      placed.add(name);
    }
    return [site, { ...definition, nodes: [...listed, ...others] }] as const;
  });
  return Object.fromEntries(resolved);
}

/** @throws DryswarmError (`invalid-options`) for a site that there is not. */
export function requireSite(sites: Readonly<Record<string, SiteDefinition>>, site: string | undefined): void {
  if (site === undefined || Object.hasOwn(sites, site)) return;
  const names = Object.keys(sites);
  const known = names.length === 0 ? 'the swarm has no sites' : `there are: ${names.join(', ')}`;
  throw new DryswarmError(
    'invalid-options',
    `there is no site ${site}`,
    `${known}; sites are given when the swarm is made`,
  );
}

/** The default of the one follows the other (moby cmd/dockerd, swarm-raft-election-tick). */
function resolveTicks({ heartbeatTick = 1, electionTick = 10 * heartbeatTick }: Partial<RaftTicks>): RaftTicks {
  requireCount('raft.heartbeatTick', heartbeatTick);
  requireCount('raft.electionTick', electionTick);
  if (heartbeatTick === 0 || electionTick <= heartbeatTick)
    throw new DryswarmError(
      'invalid-options',
      'raft.electionTick must be greater than raft.heartbeatTick, and both than 0',
    );
  return { heartbeatTick, electionTick };
}

/** What the network has between sites. */
export function siteRules(sites: Readonly<Record<string, SiteDefinition>>): readonly Rule[] {
  const all = Object.entries(sites);
  return all.flatMap(([from, one], index) =>
    all.slice(index + 1).map(
      ([to, other]): Rule => ({
        kind: 'latency',
        from: [{ site: from }],
        to: [{ site: to }],
        latency: { kind: 'fixed', value: Math.max(one.latency, other.latency) },
      }),
    ),
  );
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}

function requireCount(what: string, count: number): void {
  if (!Number.isInteger(count) || count < 0) {
    throw new DryswarmError('invalid-options', `${what} must be a whole number from 0 up, not ${count}`);
  }
}

/** A node's memory in bytes. */
export function memoryBytes({ memory = '8g' }: Pick<NodeDefinition, 'memory'>): number {
  return typeof memory === 'number' ? memory : parseBytes(memory);
}
