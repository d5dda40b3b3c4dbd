import { DryswarmError, type Instant, type Micros, unreachable } from '../base/index.ts';
import type { Distribution, Seed } from '../sim/index.ts';
import type { HeldMessage, NetworkCheckpoint } from './checkpoint.ts';
import { Lanes, type LiveLane } from './lanes.ts';
import type { Message, Released, Verdict } from './message.ts';
import {
  type Circumstances,
  fateUnder,
  type InstalledRule,
  latencyUnder,
  longestUnder,
  type Plan,
  planOf,
} from './plan.ts';
import type { Delivery, RuleId } from './rule.ts';
import { kindOf, type Rule } from './rules/index.ts';
import { trafficText } from './traffic.ts';

export interface NetworkOptions {
  readonly seed: Seed;
  /** One way between two machines, in microseconds, where no rule says otherwise. Default: none. */
  readonly latency?: Distribution;
  /** The machines of each site. Default: no sites. */
  readonly sites?: Readonly<Record<string, readonly string[]>>;
  /** Rules to begin with, such as the latency between sites. */
  readonly rules?: readonly Rule[];
}

export interface SkipOptions {
  readonly channel?: string;
  /** When the last of the skipped messages arrives, where a message that follows might overtake it. */
  readonly lastArrival?: Instant;
}

/** A network as it is shown to people. */
export interface NetworkDescription {
  /** In the order installed; `holding` is how many messages wait for it to be uninstalled. */
  readonly rules: readonly { readonly id: RuleId; readonly text: string; readonly holding: number }[];
  /** Sorted by sender, receiver and channel. */
  readonly lanes: readonly {
    readonly from: string;
    readonly to: string;
    readonly channel: string;
    readonly sent: number;
  }[];
}

/**
 * Links between machines that are known by their names. It knows no clock and schedules nothing: a message goes in,
 * what becomes of it comes out, and whoever owns the queue does the rest.
 *
 * A message asks the installed rules, those that cut its link first, each group in the order installed; the first
 * opinion counts, and without one it arrives after the latency of its link. Messages of one lane (a link and a channel)
 * arrive in order unless a rule says otherwise. A machine reaches itself at once, whatever the rules.
 *
 * All chance is a function of seed, lane and the number of the message on its lane. So it does not matter which lane
 * is used first, and traffic may be skipped without changing what later traffic meets.
 *
 * @example
 * const network = new Network<string>({ seed: 1, latency: { kind: 'fixed', value: 500 } });
 * network.route({ from: 'm1', to: 'm2', at: 0, payload: 'hello' });   // { deliveries: [500] }
 * network.partition([['m1'], ['m2', 'm3']]);
 * network.route({ from: 'm1', to: 'm2', at: 0, payload: 'hello' });   // { dropped: 'partition-1' }
 * network.heal();
 */
export class Network<M> {
  #circumstances: Circumstances;
  readonly #installed = new Map<Rule['kind'], number>();
  readonly #lanes = new Lanes();
  #held: HeldMessage<M>[] = [];

  /** @throws DryswarmError (`invalid-rule`) for a rule that makes no sense. */
  constructor({ seed, latency = { kind: 'fixed', value: 0 }, sites = {}, rules = [] }: NetworkOptions) {
    const placed = Object.entries(sites).flatMap(([site, machines]) => machines.map((name) => [name, site] as const));
    this.#circumstances = { seed, latency, sites: new Map(placed), rules: [] };
    for (const rule of rules) this.install(rule);
  }

  /** Sends a message. What it meets are the rules of this moment; a later rule does not reach it any more. */
  route(message: Message<M>): Verdict {
    if (message.from === message.to) return { deliveries: [message.at] };
    const lane = this.#laneOf(message);
    const k = lane.sent;
    lane.sent += 1;
    return this.#judge(lane, message, k, message.at);
  }

  /**
   * Adds a rule, behind those that are there.
   * @returns what to uninstall it with.
   * @throws DryswarmError (`invalid-rule`) for parameters that make no sense.
   */
  install(rule: Rule): RuleId {
    kindOf(rule).check?.(rule);
    // Numbered by kind, so that one more partition gives a lossy link no other luck.
    const number = (this.#installed.get(rule.kind) ?? 0) + 1;
    this.#installed.set(rule.kind, number);
    const id = `${rule.kind}-${number}`;
    this.#change({ rules: [...this.#circumstances.rules, { id, rule }] });
    return id;
  }

  /**
   * Removes a rule; one that is not installed (any more) is no mistake.
   * @returns the messages that it held, in the order in which they were sent, with their verdicts by the rules that
   * are left; those that another rule holds on to are not among them.
   */
  uninstall(id: RuleId, at: Instant): readonly Released<M>[] {
    return this.#remove((installed) => installed.id === id, at);
  }

  /**
   * Cuts all links between machines of different groups, in both directions. A single group is cut off from all
   * others; otherwise machines in no group keep their links.
   * @returns a rule for each pair of groups.
   * @throws DryswarmError (`invalid-rule`) for a machine in two groups.
   */
  partition(groups: readonly (readonly string[])[]): readonly RuleId[] {
    requireDisjoint(groups);
    const [first, ...others] = groups;
    if (first && others.length === 0) return [this.install({ kind: 'partition', from: first })];
    return groups.flatMap((from, index) =>
      groups.slice(index + 1).map((to) => this.install({ kind: 'partition', from, to })),
    );
  }

  /** Removes all partitions. */
  heal(): void {
    this.#change({ rules: this.#circumstances.rules.filter(({ rule }) => rule.kind !== 'partition') });
  }

  /** Keeps what two machines send each other until it is released. */
  hold(one: string, other: string): RuleId {
    return this.install({ kind: 'hold', from: [one], to: [other] });
  }

  /** Removes all holds. @returns what they held, see {@link Network.uninstall}. */
  release(at: Instant): readonly Released<M>[] {
    return this.#remove(({ rule }) => rule.kind === 'hold', at);
  }

  /** Whether a message sent now would be neither cut off nor held; it may still have bad luck. */
  isConnected(from: string, to: string, channel = ''): boolean {
    return from === to || this.#planOf(this.#lanes.of(from, to, channel)).isOpen;
  }

  /** Puts a machine into a site, or out of any. */
  place(machine: string, site: string | undefined): void {
    const sites = new Map(this.#circumstances.sites);
    if (site === undefined) sites.delete(machine);
    else sites.set(machine, site);
    this.#change({ sites });
  }

  /** How many messages were sent on a lane: the number of the next one. Those that were skipped count. */
  sentOn(from: string, to: string, channel = ''): number {
    return this.#lanes.of(from, to, channel).sent;
  }

  /** How long message `k` of a lane takes under the present rules, if they let it through. Changes nothing. */
  latencyOf(from: string, to: string, k: number, channel = ''): Micros {
    return from === to ? 0 : latencyUnder(this.#planOf(this.#lanes.of(from, to, channel)), k);
  }

  /** No message sent now takes longer; undefined where a rule may do more to it than delay it. */
  longestLatency(from: string, to: string, channel = ''): Micros | undefined {
    return from === to ? 0 : longestUnder(this.#planOf(this.#lanes.of(from, to, channel)));
  }

  /** Counts messages as sent whose fate the caller knows: what comes after them has the luck that it would have. */
  skip(from: string, to: string, count: number, { channel = '', lastArrival = 0 }: SkipOptions = {}): void {
    if (from === to) return;
    const lane = this.#lanes.of(from, to, channel);
    lane.sent += count;
    lane.lastArrival = Math.max(lane.lastArrival, lastArrival);
  }

  describe(): NetworkDescription {
    return {
      rules: this.#circumstances.rules.map(({ id, rule }) => ({
        id,
        text: `${trafficText(rule)}: ${kindOf(rule).describe(rule)}`,
        holding: this.#held.filter(({ by }) => by === id).length,
      })),
      lanes: this.#lanes.states().map(({ from, to, channel, sent }) => ({ from, to, channel, sent })),
    };
  }

  checkpoint(): NetworkCheckpoint<M> {
    const { seed, latency, sites, rules } = this.#circumstances;
    return {
      seed,
      latency,
      sites: [...sites],
      rules,
      installed: [...this.#installed],
      lanes: this.#lanes.states(),
      held: [...this.#held],
    };
  }

  /** Goes back (or over: it may be another network's) to a checkpoint, the seed included. */
  restore({ seed, latency, sites, rules, installed, lanes, held }: NetworkCheckpoint<M>): void {
    this.#change({ seed, latency, sites: new Map(sites), rules });
    this.#installed.clear();
    for (const [kind, count] of installed) this.#installed.set(kind, count);
    this.#lanes.restore(lanes);
    this.#held = [...held];
  }

  #judge(lane: LiveLane, message: Message<M>, k: number, notBefore: Instant): Verdict {
    const fate = fateUnder(this.#planOf(lane), k);
    switch (fate.kind) {
      case 'drop':
        return { dropped: fate.by };
      case 'hold':
        this.#held.push({ message, k, by: fate.by });
        return { held: fate.by };
      case 'deliver':
        return { deliveries: arrivals(lane, fate.delivery, message.at, notBefore) };
      default:
        return unreachable(fate);
    }
  }

  #remove(isGone: (installed: InstalledRule) => boolean, at: Instant): readonly Released<M>[] {
    const { rules } = this.#circumstances;
    const gone = new Set(rules.filter(isGone).map(({ id }) => id));
    this.#change({ rules: rules.filter(({ id }) => !gone.has(id)) });
    const released = this.#held.filter(({ by }) => gone.has(by));
    this.#held = this.#held.filter(({ by }) => !gone.has(by));
    return released
      .map(({ message, k }) => ({ message, verdict: this.#judge(this.#laneOf(message), message, k, at) }))
      .filter(({ verdict }) => !('held' in verdict));
  }

  #laneOf({ from, to, channel = '' }: Message<M>): LiveLane {
    return this.#lanes.of(from, to, channel);
  }

  #planOf(lane: LiveLane): Plan {
    lane.plan ??= planOf(lane, this.#circumstances);
    return lane.plan;
  }

  #change(changed: Partial<Circumstances>): void {
    this.#circumstances = { ...this.#circumstances, ...changed };
    this.#lanes.forgetPlans();
  }
}

/** When the message and its copy arrive. What is ordered arrives no earlier than what was sent before it. */
function arrivals(lane: LiveLane, delivery: Delivery, at: Instant, notBefore: Instant): readonly Instant[] {
  let arrival = Math.max(at + delivery.after, notBefore);
  if (!delivery.unordered) {
    arrival = Math.max(arrival, lane.lastArrival);
    lane.lastArrival = arrival;
  }
  return delivery.copyAfter === undefined ? [arrival] : [arrival, arrival + delivery.copyAfter];
}

function requireDisjoint(groups: readonly (readonly string[])[]): void {
  const seen = new Set<string>();
  for (const machine of groups.flatMap((group) => [...new Set(group)])) {
    if (seen.has(machine)) throw new DryswarmError('invalid-rule', `${machine} is in two groups`);
    seen.add(machine);
  }
}
