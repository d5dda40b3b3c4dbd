/** Who is behind a raft id, and what each has had applied: what all machines could work out for themselves. */
import type { LogPlace } from '../manager/index.ts';
import type { MemberId } from '../raft/index.ts';

export interface MembersState {
  /** The node of each id that was ever given out, in the order of the ids. */
  readonly nodes: readonly string[];
  readonly applied: readonly (readonly [MemberId, LogPlace])[];
}

/** Departure: swarmkit draws ids at random; here they are counted, so that none is used twice. */
export class Members {
  readonly #nodes: string[];
  /** By whom it was proposed: the last entry that any manager has applied. */
  readonly #applied: Map<MemberId, LogPlace>;

  constructor({ nodes, applied }: MembersState = { nodes: [], applied: [] }) {
    this.#nodes = [...nodes];
    this.#applied = new Map(applied);
  }

  /** The node of a member, also of a former one. */
  nodeOf(member: MemberId): string {
    return this.#nodes[member - 1] ?? '';
  }

  newMember(node: string): MemberId {
    this.#nodes.push(node);
    return this.#nodes.length;
  }

  /** Notes that a manager has applied an entry. True where it is the first to do so. */
  isFirstToApply(by: MemberId, place: LogPlace): boolean {
    const last = this.#applied.get(by);
    const isFirst = !last || isLater(place, last);
    if (isFirst) this.#applied.set(by, place);
    return isFirst;
  }

  /** How many entries some manager has applied after one of the log, in the term that counts most. */
  appliedAfter(index: number): number {
    let last: LogPlace = { term: 0, index: 0 };
    for (const place of this.#applied.values()) if (isLater(place, last)) last = place;
    return Math.max(0, last.index - index);
  }

  checkpoint(): MembersState {
    return { nodes: [...this.#nodes], applied: [...this.#applied] };
  }
}

function isLater(place: LogPlace, other: LogPlace): boolean {
  return place.term > other.term || (place.term === other.term && place.index > other.index);
}
