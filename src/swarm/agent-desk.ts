/**
 * How agents reach the dispatcher: through any manager, which passes on to the leader what they say, and back what they
 * are told (swarmkit protobuf/plugin/raftproxy; on the leader manager/dispatcher/dispatcher.go, Session).
 */
import type { FromDispatcher, ToDispatcher } from '../api/index.ts';
import { deepEqual, seconds } from '../base/index.ts';
import { DISPATCHER_STOPPED, phaseOf } from '../manager/index.ts';
import type { Change, ReadView } from '../store/index.ts';
import { type Heartbeats, heartbeatLane } from './heartbeats.ts';
import { type LeaderLookUp, NO_LEADER } from './leader-look-up.ts';
import type { AgentParcel, AgentSaid, SessionNews } from './parcels.ts';
import type { Kernel, Wire } from './wire.ts';
import type { World } from './world.ts';

/** The manager behind the desk. */
export interface AgentDeskManager {
  readonly name: string;
  readonly store: ReadView;
  /** The machines of the members. */
  readonly memberAddresses: readonly string[];
  findLeader(): LeaderLookUp;
  /** Hands a message to its dispatcher; false where there is none. */
  receive(said: AgentSaid): boolean;
}

export interface AgentDeskState {
  /** Through which manager each agent spoke last. */
  readonly routes: ReadonlyMap<string, string>;
  /** What the agents with open sessions were told last. */
  readonly told: ReadonlyMap<string, SessionNews>;
}

const POLL_INTERVAL = seconds(1);
/** Agents give up their calls after this long (swarmkit agent/session.go). */
const CALL_LIMIT = seconds(5);

export class AgentDesk {
  readonly #manager: AgentDeskManager;
  readonly #kernel: Kernel;
  readonly #wire: Wire;
  readonly #heartbeats: Heartbeats;
  readonly #machineOf: World['machineOf'];
  readonly #routes: Map<string, string>;
  readonly #told: Map<string, SessionNews>;

  constructor(
    manager: AgentDeskManager,
    { kernel, wire, heartbeats, machineOf }: Pick<World, 'kernel' | 'wire' | 'heartbeats' | 'machineOf'>,
    state?: AgentDeskState,
  ) {
    this.#manager = manager;
    this.#kernel = kernel;
    this.#wire = wire;
    this.#heartbeats = heartbeats;
    this.#machineOf = machineOf;
    this.#routes = new Map(state?.routes);
    this.#told = new Map(state?.told);
  }

  receive(from: string, parcel: AgentParcel): void {
    switch (parcel.kind) {
      case 'agent.said':
        return this.#said(parcel);
      case 'agent.forwarded':
        // If leadership has moved meanwhile, it is answered here all the same.
        return this.#handle(from, parcel);
      case 'agent.told':
        return this.#send(this.#machineOf(parcel.node), parcel);
    }
  }

  /** Looks again for a leader on behalf of an agent that waits. */
  poll(said: AgentSaid, until: number): void {
    this.#passOn(said, until, false);
  }

  /** The leader's dispatcher speaks to an agent. */
  tell(node: string, message: FromDispatcher): void {
    if (message.kind === 'session-failed') this.#told.delete(node);
    const news = message.kind === 'session-opened' ? this.#newsFor(node) : undefined;
    if (news) this.#told.set(node, news);
    this.#sendBack(node, { kind: 'agent.told', node, message, news });
  }

  /** Something was committed by this manager: nodes may have to hear of their roles. */
  noteCommitted(changes: readonly Change[]): void {
    for (const change of changes) if (change.table === 'nodes' && change.kind === 'update') this.#update(change.id);
  }

  noteMembersChanged(): void {
    for (const node of [...this.#told.keys()]) this.#update(node);
  }

  /** The dispatcher has ended, and with it all sessions. */
  noteLeadershipLost(): void {
    this.#told.clear();
  }

  checkpoint(): AgentDeskState {
    return { routes: new Map(this.#routes), told: new Map(this.#told) };
  }

  #said(said: AgentSaid): void {
    this.#passOn(said, this.#kernel.now + CALL_LIMIT, true);
  }

  #passOn({ node, message, cause }: AgentSaid, until: number, isFirst: boolean): void {
    const { name } = this.#manager;
    const said = { node, message, cause };
    const leader = this.#manager.findLeader();
    if (leader.kind === 'self') this.#handle(name, said);
    else if (leader.kind === 'peer') this.#send(leader.node, { kind: 'agent.forwarded', ...said });
    else if (message.kind === 'close-session') return;
    else if (isFirst && leader.isLost) this.#fail(name, said, `rpc error: code = Unknown desc = ${NO_LEADER}`);
    else if (this.#kernel.now + POLL_INTERVAL <= until) {
      const event = { kind: 'agent.poll', manager: name, said, until } as const;
      this.#kernel.schedule(this.#kernel.now + POLL_INTERVAL, event, { periodic: true });
    }
  }

  #handle(via: string, { node, message, cause }: AgentSaid): void {
    if (this.#routes.get(node) !== via) {
      this.#heartbeats.disturb(node);
      this.#routes.set(node, via);
    }
    if (this.#manager.receive({ node, message, cause })) {
      if (message.kind === 'close-session') this.#told.delete(node);
    } else this.#fail(via, { node, message, cause }, DISPATCHER_STOPPED);
  }

  #fail(via: string, { node, message }: AgentSaid, error: string): void {
    if (message.kind === 'close-session') return;
    this.#sendThrough(via, {
      kind: 'agent.told',
      node,
      message: { kind: 'session-failed', session: message.session, error },
      news: undefined,
    });
  }

  /** A node with an open session hears what has changed for it. */
  #update(node: string): void {
    const known = this.#told.get(node);
    const news = known && this.#newsFor(node);
    if (!news || deepEqual(known, news)) return;
    this.#told.set(node, news);
    this.#sendBack(node, { kind: 'agent.told', node, message: undefined, news });
  }

  #newsFor(node: string): SessionNews | undefined {
    const object = this.#manager.store.nodes.get(node);
    return object && { role: object.spec.role, managers: this.#manager.memberAddresses };
  }

  #sendBack(node: string, parcel: AgentParcel): void {
    this.#sendThrough(this.#routes.get(node) ?? this.#manager.name, parcel);
  }

  #sendThrough(via: string, parcel: AgentParcel): void {
    this.#send(via === this.#manager.name ? this.#machineOf(parcel.node) : via, parcel);
  }

  #send(to: string, parcel: AgentParcel): void {
    const { message } = parcel;
    this.#wire.send({
      from: this.#manager.name,
      to,
      channel: 'agent',
      parcel,
      priority: phaseOf(this.#kernel),
      periodic: message === undefined || isPeriodic(message.kind),
      lane: laneOf(parcel.node, message?.kind ?? ''),
    });
  }
}

/** Where a message between agent and manager is counted on the network. */
export function laneOf(node: string, kind: string): string {
  return isPeriodic(kind) ? heartbeatLane(node) : 'agent';
}

/** Heartbeats, and their answers, come again for ever. */
export function isPeriodic(kind: (ToDispatcher | FromDispatcher)['kind'] | (string & {})): boolean {
  return kind === 'heartbeat' || kind === 'heartbeat-answered';
}
