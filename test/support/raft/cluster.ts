/** Members on a perfect network: everything sent arrives at once and in order, except to members that are cut off. */

import { Member } from '../../../src/fast-check/laws/raft/member.ts';
import type { MemberId, RaftOptions } from '../../../src/raft/index.ts';

export class Cluster {
  readonly members: readonly Member[];
  readonly #cutOff = new Set<MemberId>();

  /** By default member 1 has the shortest election timeout, and the others one tick more each. */
  constructor(size: number, options: Partial<RaftOptions> = {}) {
    const peers = Array.from({ length: size }, (_, position) => position + 1);
    this.members = peers.map(
      (id) =>
        new Member(
          { random: (below) => (id - 1) % below, sendsCurrentVoters: true, campaignsOnRemoval: false, ...options, id },
          { peers },
        ),
    );
    this.settle();
  }

  member(id: MemberId): Member {
    return this.members[id - 1]!;
  }

  /** The only leader. */
  get leader(): Member {
    const leaders = this.members.filter(({ raft }) => raft.role === 'leader');
    if (leaders.length !== 1) throw new Error(`there are ${leaders.length} leaders`);
    return leaders[0]!;
  }

  cutOff(...ids: readonly MemberId[]): this {
    for (const id of ids) this.#cutOff.add(id);
    return this;
  }

  join(): this {
    this.#cutOff.clear();
    return this;
  }

  elect(id: MemberId): this {
    this.member(id).raft.campaign();
    this.settle();
    return this;
  }

  tick(count = 1): this {
    for (let tick = 0; tick < count; tick += 1) {
      for (const { raft } of this.members) raft.tick();
      this.settle();
    }
    return this;
  }

  settle(): void {
    for (let busy = true; busy; ) {
      busy = false;
      for (const member of this.members) {
        for (const { sent } of member.settle()) {
          busy = true;
          for (const message of sent) {
            if (this.#cutOff.has(message.from) || this.#cutOff.has(message.to)) continue;
            this.members[message.to - 1]?.raft.step(message);
          }
        }
      }
    }
  }
}
