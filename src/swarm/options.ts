/** What a swarm is made of, as a user says it. */

import { type AgentLatencies, NO_LATENCIES, REAL_LATENCIES } from '../agent/index.ts';
import type { Availability, Labels } from '../api/index.ts';
import { parseBytes } from '../api/index.ts';
import { DryswarmError, type Micros, millis } from '../base/index.ts';
import type { Races } from '../manager/index.ts';
import type { Limits, Seed, SinkOptions } from '../sim/index.ts';

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
}

/** Every pause of a real cluster that is not somebody's choice. */
export interface Latencies extends AgentLatencies {
  /** The dispatcher writes what agents report in batches of this length. Real: 100 ms. */
  readonly reportBatch: Micros;
  /** Changes are sent to an agent when they have been quiet for this long. Real: 100 ms. */
  readonly assignmentBatch: Micros;
  /** One way between an agent and its manager. Real: 0.5 ms, within one site. */
  readonly network: Micros;
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
  /** How ties that Swarm leaves to chance are decided. Default `dominant`: as they fall most often. */
  readonly races?: Races;
  /** What is kept of the trace. Default everything. */
  readonly trace?: SinkOptions;
  /** Budgets against runaway runs. */
  readonly limits?: Partial<Limits>;
  /** Ended tasks kept per slot. Default 5. */
  readonly taskHistoryLimit?: number;
}

export interface ResolvedOptions {
  readonly nodes: readonly NodeDefinition[];
  readonly seed: Seed;
  readonly latencies: Latencies;
  readonly races: Races;
  readonly trace: SinkOptions;
  readonly limits: Partial<Limits>;
  readonly taskHistoryLimit: number;
}

const REAL: Latencies = { ...REAL_LATENCIES, reportBatch: millis(100), assignmentBatch: millis(100), network: 500 };
const NONE: Latencies = { ...NO_LATENCIES, reportBatch: 0, assignmentBatch: 0, network: 0 };

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
    latencies: latencies === 'real' ? REAL : latencies === 'none' ? NONE : { ...REAL, ...latencies },
    races: options.races ?? 'dominant',
    trace: options.trace ?? { kind: 'full' },
    limits: options.limits ?? {},
    taskHistoryLimit: options.taskHistoryLimit ?? 5,
  };
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
