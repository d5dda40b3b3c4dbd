/** What becomes of a parcel that arrives at a machine. A machine that is off takes none. */
import { phaseOf } from '../manager/index.ts';
import { isPeriodic } from './agent-desk.ts';
import type { Calls } from './calls.ts';
import type { Machine } from './machine.ts';
import type { ManagerHost } from './manager-host.ts';
import type { AgentParcel, MembershipAnswer, MembershipQuestion, Parcel, RaftParcel } from './parcels.ts';
import { refusalOf } from './raft-links.ts';
import type { Channel, Kernel, Wire } from './wire.ts';

export interface Receivers {
  readonly machines: {
    get(name: string): Machine | undefined;
    /** The machine that a node is, or was. */
    nameOf(node: string): string;
  };
  readonly hosts: { get(node: string): ManagerHost | undefined };
  readonly calls: Calls;
  readonly kernel: Kernel;
  readonly wire: Wire;
}

/** What an agent is told where nobody listens (grpc: a refused connection). */
const CONNECTION_REFUSED = 'rpc error: code = Unavailable desc = connection error: desc = "connection refused"';

export function deliver(receivers: Receivers, from: string, to: string, parcel: Parcel): void {
  const machine = receivers.machines.get(to);
  const host = receivers.hosts.get(to);
  if (!machine?.isUp || !host) return;
  switch (parcel.kind) {
    case 'raft.message':
    case 'raft.answered':
    case 'raft.check':
    case 'raft.checked':
      return deliverRaft(receivers, host, from, parcel);
    case 'call.forwarded':
    case 'call.answered':
    case 'call.refused':
      return receivers.calls.receive(to, from, parcel);
    case 'agent.said':
    case 'agent.forwarded':
    case 'agent.told':
      return deliverAgent(receivers, machine, host, from, parcel);
    case 'role.asked':
    case 'join.asked':
      return deliverQuestion(receivers, host, from, parcel);
    default:
      return deliverAnswer(receivers, host, parcel);
  }
}

function deliverRaft(receivers: Receivers, host: ManagerHost, from: string, parcel: RaftParcel): void {
  const { process } = host;
  if (process) {
    if (parcel.kind === 'raft.checked' && parcel.purpose === 'joiner') process.reached(parcel);
    else process.raft.receive(from, parcel);
    return;
  }
  const answer = refusalOf(parcel, host.isJoining);
  if (answer) post(receivers, host.name, from, 'raft', answer);
}

function deliverAgent(
  receivers: Receivers,
  machine: Machine,
  host: ManagerHost,
  from: string,
  parcel: AgentParcel,
): void {
  const { node, message } = parcel;
  if (parcel.kind === 'agent.told' && receivers.machines.nameOf(node) === machine.name) {
    // It may have left since, and be another node.
    if (node !== machine.node) return;
    if (parcel.news) host.noteNews(parcel.news);
    if (parcel.message) machine.receive(parcel.message);
  } else if (host.process) host.process.agents.receive(from, parcel);
  else if (parcel.kind !== 'agent.told' && message?.kind !== 'close-session') {
    const failed = { kind: 'session-failed', session: parcel.message.session, error: CONNECTION_REFUSED } as const;
    post(receivers, host.name, from, 'agent', { kind: 'agent.told', node, message: failed, news: undefined });
  }
}

function deliverQuestion(receivers: Receivers, host: ManagerHost, from: string, question: MembershipQuestion): void {
  if (host.process) return host.process.ask(from, question);
  const { node, attempt } = question;
  const kind = question.kind === 'role.asked' ? 'role.refused' : 'join.refused';
  post(receivers, host.name, from, 'manager', { kind, node, attempt, message: CONNECTION_REFUSED });
}

function deliverAnswer(receivers: Receivers, host: ManagerHost, answer: MembershipAnswer): void {
  const machine = receivers.machines.nameOf(answer.node);
  if (machine === host.name) host.receive(answer);
  else post(receivers, host.name, machine, 'manager', answer);
}

function post({ wire, kernel }: Receivers, from: string, to: string, channel: Channel, parcel: Parcel): void {
  const periodic =
    parcel.kind === 'raft.answered' || (parcel.kind === 'agent.told' && isPeriodic(parcel.message?.kind ?? ''));
  wire.send({ from, to, channel, parcel, priority: phaseOf(kernel), periodic });
}
