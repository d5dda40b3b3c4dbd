/** What is done to the network between the machines while a swarm runs. */
import type { Instant } from '../base/index.ts';
import { Network, type NetworkCheckpoint, type Rule, type RuleId } from '../network/index.ts';
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

  constructor({ seed, latencies, sites }: ResolvedOptions, state?: CablingState) {
    const places = Object.fromEntries(Object.entries(sites).map(([site, { nodes }]) => [site, nodes]));
    this.network = new Network({ seed, latency: latencies.network, sites: places, rules: siteRules(sites) });
    if (state) this.network.restore(state.network);
    this.#cuts = new Map(state?.cuts);
  }

  /** In both directions. */
  areConnected(one: string, other: string): boolean {
    return this.network.isConnected(one, other) && this.network.isConnected(other, one);
  }

  /** Takes a machine off the network, or puts it back. False where that is nothing new. */
  connect(machine: string, isConnected: boolean, at: Instant): boolean {
    const cut = this.#cuts.get(machine);
    if ((cut === undefined) === isConnected) return false;
    if (cut === undefined) this.#cuts.set(machine, this.network.install({ kind: 'partition', from: [machine] }));
    else {
      this.network.uninstall(cut, at);
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
    return this.network.install(rule);
  }

  checkpoint(): CablingState {
    return { network: this.network.checkpoint(), cuts: [...this.#cuts] };
  }
}
