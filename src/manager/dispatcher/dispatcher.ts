/**
 * The dispatcher (swarmkit manager/dispatcher): keeps the sessions of the agents, notices which nodes are there, writes
 * what agents report and tells them what to do.
 */
import type { ToDispatcher } from '../../api/index.ts';
import { type Micros, microsOf, type Nanoseconds, seconds, unreachable } from '../../base/index.ts';
import type { Change, ReadView, Transaction } from '../../store/index.ts';
import { rank } from '../rank.ts';
import type { Context, Input, Reactor, Step } from '../reactor.ts';
import { nodeOf, noteTaskChange, openAssignments, sendIncrement } from './assignments.ts';
import { checkNode, markUnknown } from './node-state.ts';
import { beat, sessionRefusal } from './node-store.ts';
import { DEFAULT_HEARTBEAT_JITTER, DISPATCHER_LATENCIES, type DispatcherOptions } from './options.ts';
import { ORPHAN_WRITER } from './orphans.ts';
import { FOREIGN_TASK, removalRefusal } from './refusals.ts';
import { completeRegistrations, openSession } from './registration.ts';
import { disturbAll, HEARTBEATS_RESUMED, type Resumption, rest, resume } from './rest.ts';
import { closeSession, disconnectAll, endInvalidSessions, failSession } from './sessions.ts';
import type { DispatcherSettings, DispatcherState, Turn } from './state.ts';
import { flush, newBatch, queueTaskStatus, written } from './status-batch.ts';
import { BATCH_DUE, parseTimer } from './timers.ts';

export const DISPATCHER = 'dispatcher';

/** The signal that brings an {@link AgentMessage}. */
export const AGENT_MESSAGE = 'agent-message';

export interface AgentMessage {
  /** The id of the node whose agent speaks. */
  readonly from: string;
  /** Where it speaks from: becomes the node's address when it opens a session. Absent where nobody looks at addresses. */
  readonly address?: string;
  readonly message: ToDispatcher;
}

/**
 * The dispatcher of a manager, to be given to it as one of its `components`. Agents' messages go in through the manager's
 * `receive`; the dispatcher's own leave through `options.send`.
 */
export function dispatcher(options: DispatcherOptions): Reactor<DispatcherState> {
  const settings: DispatcherSettings = {
    heartbeatJitter: DEFAULT_HEARTBEAT_JITTER,
    latencies: DISPATCHER_LATENCIES,
    ...options,
  };
  const turnOf = (ctx: Context, state: DispatcherState): Turn => ({ ctx, state, options: settings });
  return {
    name: DISPATCHER,
    rank: rank.dispatcher,
    wants: concerns,

    /** Until its first write is through, the dispatcher listens to nobody. */
    start(ctx) {
      ctx.batch(
        { do: 'mark unknown' },
        ctx.store.nodes.all().map((node) => node.id),
      );
      ctx.next({ do: 'open' });
      return {
        period: clusterPeriod(ctx.store),
        nodes: new Map(),
        registrations: [],
        sessions: new Map(),
        batch: newBatch(ctx.now),
      };
    },

    receive: (ctx, state, input) => receive(turnOf(ctx, state), input),

    steps: {
      open(ctx, state: DispatcherState) {
        state.batch.origin = ctx.now;
      },
    },

    writes: {
      'mark unknown'(ctx, state: DispatcherState, tx: Transaction, _step: Step, nodeId: string) {
        markUnknown(turnOf(ctx, state), tx, nodeId);
      },
    },

    stopped(state) {
      disturbAll(state, settings);
      disconnectAll(state, settings.send);
    },
  };
}

function concerns({ sessions }: DispatcherState, change: Change): boolean {
  switch (change.table) {
    case 'tasks':
      return sessions.has(nodeOf(change));
    case 'nodes':
      return change.kind !== 'create' && sessions.has(change.id);
    case 'clusters':
      return change.kind === 'update';
    default:
      return false;
  }
}

function receive(turn: Turn, input: Input): void {
  switch (input.type) {
    case 'change':
      return absorb(turn, input.change);
    case 'signal':
      if (input.signal === HEARTBEATS_RESUMED) return resume(turn, input.data as Resumption);
      return answer(turn, input.data as AgentMessage);
    case 'timer':
      return due(turn, input.timer);
    case 'ended':
      if (input.process !== turn.state.batch.writer) return;
      completeRegistrations(turn);
      return written(turn);
    case 'commit':
      return;
    default:
      return unreachable(input);
  }
}

function absorb(turn: Turn, change: Change): void {
  if (change.table === 'tasks') noteTaskChange(turn, change);
  else if (change.table === 'nodes') noteNodeChange(turn, change);
  else {
    if (storedPeriod(turn.ctx.store) > 0) setPeriod(turn, clusterPeriod(turn.ctx.store));
    for (const nodeId of [...turn.state.sessions.keys()]) endInvalidSessions(turn, nodeId);
  }
}

/** The heartbeats of a node that was removed are refused from now on. */
function noteNodeChange(turn: Turn, { kind, id }: Change): void {
  if (kind === 'delete') turn.options.quiet?.disturb(id);
  else endInvalidSessions(turn, id);
}

/** What is on its way still goes by the old one. */
function setPeriod({ state, options }: Turn, period: Micros): void {
  if (state.period === period) return;
  disturbAll(state, options);
  state.period = period;
}

function due(turn: Turn, timer: string): void {
  if (timer === BATCH_DUE) return flush(turn);
  const { kind, nodeId, session } = parseTimer(timer);
  if (kind === 'node') checkNode(turn, nodeId);
  else if (kind === 'down') turn.ctx.spawn(ORPHAN_WRITER, nodeId);
  else sendIncrement(turn, nodeId, session);
}

function answer(turn: Turn, { from, address, message }: AgentMessage): void {
  const { session, sessionId } = message;
  if (message.kind === 'close-session') return closeSession(turn, from, session);
  const { store } = turn.ctx;
  const removal = removalRefusal(store, from);
  if (removal !== undefined) return failSession(turn, from, session, CALLS[message.kind], removal);
  if (message.kind === 'open-session') return openSession(turn, from, address, message);
  const error = sessionRefusal(turn.state, from, sessionId) ?? contentRefusal(store, from, message);
  if (error !== undefined) return failSession(turn, from, session, CALLS[message.kind], error);
  switch (message.kind) {
    case 'open-assignments':
      return openAssignments(turn, from, session);
    case 'heartbeat':
      return answerHeartbeat(turn, from, message);
    case 'update-task-status':
      if (store.tasks.get(message.taskId)) queueTaskStatus(turn, message.taskId, message.status);
      return turn.options.send(from, { kind: 'task-status-answered', session });
    default:
      return unreachable(message);
  }
}

function answerHeartbeat(turn: Turn, from: string, message: ToDispatcher): void {
  const { ctx, state, options } = turn;
  const { session } = message;
  const node = state.nodes.get(from)!;
  if (node.isResting) {
    // One that was sent before and took its time. It counts after all that have come meanwhile.
    options.quiet?.disturb(from);
    return ctx.signal(ctx.self, AGENT_MESSAGE, { from, message } satisfies AgentMessage);
  }
  const period = beat(turn, from, node);
  if (!rest(turn, from, node, { session, period })) options.send(from, { kind: 'heartbeat-answered', session, period });
}

const CALLS = {
  'open-session': 'session',
  'open-assignments': 'assignments',
  heartbeat: 'heartbeat',
  'update-task-status': 'update-task-status',
} as const;

/**
 * A task that is gone may be reported on, but not another node's. Departure: the refusal ends the session, where the
 * real agent repeats the call without a pause, for ever.
 */
function contentRefusal(view: ReadView, nodeId: string, message: ToDispatcher): string | undefined {
  if (message.kind !== 'update-task-status') return undefined;
  const task = view.tasks.get(message.taskId);
  return task && task.nodeId !== nodeId ? FOREIGN_TASK : undefined;
}

const DEFAULT_PERIOD: Micros = seconds(5);

function clusterPeriod(view: ReadView): Micros {
  const period = storedPeriod(view);
  return period > 0 ? microsOf(period) : DEFAULT_PERIOD;
}

/** 0 where an update has left it out: then the dispatcher goes on as before. */
function storedPeriod(view: ReadView): Nanoseconds {
  return view.clusters.all()[0]?.spec.dispatcher.heartbeatPeriod ?? 0;
}
