/**
 * Quiet time costs nothing. While a leader's managers all agree and nobody writes, raft does the same every second:
 * ticks, heartbeats, answers. None of it is run; when something happens after all, the state that it would have led to
 * is worked out, and what would be under way at that moment is run from the last tick of the leader on.
 *
 * Equal to running everything (`quietTime: 'simulate'`), but for events of the very same microsecond.
 */
import { type Instant, type Micros, seconds } from '../base/index.ts';
import type { Network } from '../network/index.ts';
import type { CatchUpKernel } from './catch-up.ts';
import type { SwarmEvent } from './events.ts';
import type { MachineRaft } from './machine-raft.ts';
import type { Cargo } from './wire.ts';

const TICK: Micros = seconds(1);
/** Of each link and way in a second: the heartbeat or its answer, and an acknowledgement. */
const MESSAGES_PER_TICK = 2;

interface QuietTime {
  /** The leader's tick with which it begins: the first one that is left out. */
  readonly since: Instant;
  readonly leader: MachineRaft;
  readonly followers: readonly { readonly raft: MachineRaft; readonly nextTick: Instant }[];
}

export interface QuietOptions {
  readonly kernel: CatchUpKernel;
  readonly network: Network<Cargo>;
  /** No message takes longer; undefined where some may get lost, or are not bounded. */
  readonly longestLatency: () => Micros | undefined;
  /** The managers of all members of a leader's group, or undefined where one is not there. */
  readonly groupOf: (leader: MachineRaft) => readonly MachineRaft[] | undefined;
  readonly dispatch: (event: SwarmEvent) => void;
}

export class Quiet {
  readonly #options: QuietOptions;
  #time: QuietTime | undefined;

  constructor(options: QuietOptions) {
    this.#options = options;
  }

  /** A member is about to tick. True where it need not, for from here on it is quiet. */
  begins(raft: MachineRaft): boolean {
    const { kernel } = this.#options;
    if (this.#time || kernel.isCatchingUp || raft.member.role !== 'leader') return false;
    const group = this.#options.groupOf(raft);
    if (!group || !this.#isQuiet(raft, group)) return false;
    const followers = group.filter((other) => other !== raft);
    raft.pauseTicks();
    this.#time = {
      since: kernel.now,
      leader: raft,
      followers: followers.map((follower) => ({ raft: follower, nextTick: follower.pauseTicks() })),
    };
    return true;
  }

  /** Something is about to happen to the managers, or to what is between them. */
  end(): void {
    const time = this.#time;
    if (!time) return;
    this.#time = undefined;
    const { kernel, dispatch } = this.#options;
    const skipped = Math.floor((kernel.now - time.since) / TICK);
    const resumption = time.since + skipped * TICK;
    kernel.catchUp(resumption, () => this.#resume(time, skipped, resumption), dispatch);
  }

  #resume({ leader, followers }: QuietTime, skipped: number, resumption: Instant): void {
    const { network } = this.#options;
    leader.resumeTicks(resumption, leader.member.electionElapsedAfter(skipped));
    for (const { raft, nextTick } of followers) {
      const [from, to] = [leader.name, raft.name];
      const firstTick = nextTick + TICK * ticksBefore(nextTick, resumption);
      if (skipped === 0) {
        raft.resumeTicks(firstTick, raft.member.electionElapsed);
        continue;
      }
      // A follower counts its ticks since it heard the last heartbeat that is left out.
      const heartbeat = network.sentOn(from, to, 'raft') + MESSAGES_PER_TICK * (skipped - 1);
      const heard = resumption - TICK + network.latencyOf(from, to, heartbeat, 'raft');
      raft.resumeTicks(firstTick, ticksBefore(nextTick, resumption) - ticksBefore(nextTick, heard + 1));
      leader.skipExchanges(raft.member.id, skipped);
      raft.skipExchanges(leader.member.id, skipped);
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const)
        network.skip(one, other, MESSAGES_PER_TICK * skipped, { channel: 'raft' });
    }
  }

  /** Every exchange of a tick is over before the next one. */
  #isQuiet(leader: MachineRaft, group: readonly MachineRaft[]): boolean {
    const { longestLatency, network } = this.#options;
    const longest = longestLatency();
    if (longest === undefined || 3 * longest >= TICK) return false;
    return group.every(
      (raft) =>
        raft.isQuiet(leader.member) &&
        network.isConnected(leader.name, raft.name, 'raft') &&
        network.isConnected(raft.name, leader.name, 'raft'),
    );
  }
}

/** How many ticks, one every second from `first` on, come before an instant. */
function ticksBefore(first: Instant, instant: Instant): number {
  return Math.max(0, Math.ceil((instant - first) / TICK));
}
