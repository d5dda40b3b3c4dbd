/** What is done to the network between the machines while a swarm runs. */
import type { Instant, Micros } from '../base/index.ts';
import { type InstalledRule, Network, type NetworkCheckpoint, type Rule, type RuleId } from '../network/index.ts';
import type { Distribution } from '../sim/index.ts';
import { type ResolvedOptions, siteRules } from './options.ts';
import type { Cargo } from './wire.ts';

export interface CablingState {
  readonly network: NetworkCheckpoint<Cargo>;
  readonly cuts: readonly (readonly [string, RuleId])[];
}

export class Cabling {
  readonly network: Network<Cargo>;
  /** The cut of each machine that was taken off the network by itself. */
  readonly #cuts: Map<string, RuleId>;
  readonly #latency: Distribution;
  /** Worked out when it is asked for, and again when the rules have changed. */
  #longest: { readonly latency: Micros | undefined } | undefined;

  constructor({ seed, latencies, sites }: ResolvedOptions, state?: CablingState) {
    const places = Object.fromEntries(Object.entries(sites).map(([site, { nodes }]) => [site, nodes]));
    this.network = new Network({ seed, latency: latencies.network, sites: places, rules: siteRules(sites) });
    if (state) this.network.restore(state.network);
    this.#cuts = new Map(state?.cuts);
    this.#latency = latencies.network;
  }

  /** In both directions. */
  areConnected(one: string, other: string): boolean {
    return this.network.isConnected(one, other) && this.network.isConnected(other, one);
  }

  /** No message takes longer; undefined where some may get lost, doubled or held, or take any time. */
  get longestLatency(): Micros | undefined {
    this.#longest ??= { latency: longestUnder(this.#latency, this.network.checkpoint().rules) };
    return this.#longest.latency;
  }

  /** Takes a machine off the network, or puts it back. False where that is nothing new. */
  connect(machine: string, isConnected: boolean, at: Instant): boolean {
    const cut = this.#cuts.get(machine);
    if ((cut === undefined) === isConnected) return false;
    if (cut === undefined) this.#cuts.set(machine, this.install({ kind: 'partition', from: [machine] }));
    else {
      this.uninstall(cut, at);
      this.#cuts.delete(machine);
    }
    return true;
  }

  partition(groups: readonly (readonly string[])[]): void {
    this.network.partition(groups);
  }

  /** Removes all cuts, those of single machines too. */
  heal(): void {
    this.network.heal();
    this.#cuts.clear();
  }

  install(rule: Rule): RuleId {
    this.#longest = undefined;
    return this.network.install(rule);
  }

  /** Removes a rule, and returns what it held. */
  uninstall(id: RuleId, at: Instant): ReturnType<Network<Cargo>['uninstall']> {
    this.#longest = undefined;
    return this.network.uninstall(id, at);
  }

  checkpoint(): CablingState {
    return { network: this.network.checkpoint(), cuts: [...this.#cuts] };
  }
}

/** As if every rule were about every link: more than that is not needed here. */
function longestUnder(latency: Distribution, rules: readonly InstalledRule[]): Micros | undefined {
  let longest = boundOf(latency);
  let delays = 0;
  for (const { rule } of rules) {
    switch (rule.kind) {
      case 'latency':
        longest = Math.max(longest, boundOf(rule.latency));
        break;
      case 'delay':
        delays += boundOf(rule.by);
        break;
      case 'partition':
        break;
      default:
        return undefined;
    }
  }
  const sum = longest + delays;
  return Number.isFinite(sum) ? sum : undefined;
}

function boundOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.value;
    case 'uniform':
      return distribution.max;
    case 'empirical':
      return Math.max(...distribution.values);
    default:
      return Number.POSITIVE_INFINITY;
  }
}
