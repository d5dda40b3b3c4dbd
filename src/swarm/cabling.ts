/** The network between the machines, and what is done to it while a swarm runs. */
import type { Instant, Micros } from '../base/index.ts';
import {
  type InstalledRule,
  Network,
  type NetworkCheckpoint,
  type NetworkDescription,
  type Released,
  type Rule,
  type RuleId,
} from '../network/index.ts';
import type { Distribution } from '../sim/index.ts';
import { type ResolvedOptions, requireSite, siteRules } from './options.ts';
import type { Cargo } from './wire.ts';

export interface CablingState {
  readonly network: NetworkCheckpoint<Cargo>;
  readonly cuts: readonly (readonly [string, RuleId])[];
}

export interface CablingOptions extends Pick<ResolvedOptions, 'seed' | 'latencies' | 'sites'> {
  readonly kernel: { readonly now: Instant };
  /** Told before anything changes, or is looked at that may not be up to date. */
  readonly beforeTouched: () => void;
  /** What a rule had held goes on its way. */
  readonly released: (messages: readonly Released<Cargo>[]) => void;
}

export class Cabling {
  readonly network: Network<Cargo>;
  readonly #options: CablingOptions;
  /** The cut of each machine that was taken off the network by itself. */
  readonly #cuts: Map<string, RuleId>;
  /** Worked out when it is asked for, and again when the rules have changed. */
  #longest: { readonly latency: Micros | undefined } | undefined;

  constructor(options: CablingOptions, state?: CablingState) {
    const { seed, latencies, sites } = options;
    const places = Object.fromEntries(Object.entries(sites).map(([site, { nodes }]) => [site, nodes]));
    this.network = new Network({ seed, latency: latencies.network, sites: places, rules: siteRules(sites) });
    if (state) this.network.restore(state.network);
    this.#options = options;
    this.#cuts = new Map(state?.cuts);
  }

  /** In both directions. */
  areConnected(one: string, other: string): boolean {
    return this.network.isConnected(one, other) && this.network.isConnected(other, one);
  }

  /** No message takes longer; undefined where some may get lost, doubled or held, or take any time. */
  get longestLatency(): Micros | undefined {
    this.#longest ??= { latency: longestUnder(this.#options.latencies.network, this.network.checkpoint().rules) };
    return this.#longest.latency;
  }

  /** Takes a machine off the network, or puts it back. False where that is nothing new. */
  connect(machine: string, isConnected: boolean): boolean {
    const cut = this.#cuts.get(machine);
    if ((cut === undefined) === isConnected) return false;
    if (cut === undefined) this.#cuts.set(machine, this.install({ kind: 'partition', from: [machine] }));
    else {
      this.uninstall(cut);
      this.#cuts.delete(machine);
    }
    return true;
  }

  /** Puts a machine into a site. @throws DryswarmError (`invalid-options`) where there is none of that name. */
  place(machine: string, site: string): void {
    requireSite(this.#options.sites, site);
    this.#touch();
    this.network.place(machine, site);
  }

  partition(groups: readonly (readonly string[])[]): void {
    this.#touch();
    this.network.partition(groups);
  }

  /** Removes all cuts, those of single machines too. */
  heal(): void {
    this.#touch();
    this.network.heal();
    this.#cuts.clear();
  }

  install(rule: Rule): RuleId {
    this.#touch();
    return this.network.install(rule);
  }

  uninstall(id: RuleId): void {
    this.#touch();
    this.#options.released(this.network.uninstall(id, this.#options.kernel.now));
  }

  describe(): NetworkDescription {
    this.#touch();
    return this.network.describe();
  }

  checkpoint(): CablingState {
    return { network: this.network.checkpoint(), cuts: [...this.#cuts] };
  }

  #touch(): void {
    this.#options.beforeTouched();
    this.#longest = undefined;
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
