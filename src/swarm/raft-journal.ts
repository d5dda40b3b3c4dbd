/** Writes what raft does into the trace, and what it follows from: terms from faults, leaders from terms. */
import type { ConfChange, Role } from '../raft/index.ts';
import type { SwarmTrace } from './tracer.ts';

export interface RaftJournalState {
  /** The last thing that was done to the swarm from outside. */
  readonly fault: number | undefined;
  /** The beginning of the highest term. */
  readonly term: { readonly term: number; readonly record: number } | undefined;
}

export class RaftJournal {
  readonly #trace: SwarmTrace;
  #state: RaftJournalState;

  constructor(trace: SwarmTrace, state: RaftJournalState = { fault: undefined, term: undefined }) {
    this.#trace = trace;
    this.#state = state;
  }

  noteFault(record: number): void {
    this.#state = { ...this.#state, fault: record };
  }

  /** Returns the record of a new leader. */
  roleChanged(
    node: string,
    { role, was, term }: { readonly role: Role; readonly was: Role; readonly term: number },
  ): number | undefined {
    if (!this.#trace.enabled) return undefined;
    const by = `${node}/raft`;
    const { fault, term: started } = this.#state;
    if (role === 'candidate') {
      const record = this.#trace.record('raft.term-started', { node, term }, { by, because: fault });
      if (!started || term >= started.term) this.#state = { fault, term: { term, record } };
    } else if (role === 'leader') {
      const because = started?.term === term ? started.record : fault;
      return this.#trace.record('raft.leader-elected', { node, term }, { by, because });
    } else if (was === 'leader') {
      const because = started?.term === term ? started.record : fault;
      this.#trace.record('raft.stepped-down', { node, term }, { by, because });
    }
    return undefined;
  }

  /** Once for each change: as the leader applies it. */
  membershipChanged(leader: string, { kind, member }: ConfChange, node: string, members: number): void {
    if (!this.#trace.enabled || kind === 'update') return;
    const change = kind === 'add' ? 'added' : 'removed';
    this.#trace.record('raft.membership-changed', { node, member, change, members }, { by: `${leader}/raft` });
  }

  checkpoint(): RaftJournalState {
    return this.#state;
  }
}
