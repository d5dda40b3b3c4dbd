/**
 * Makes the raft members follow the roles that nodes are to have (swarmkit manager/role_manager.go). A promotion only
 * sets the role, the node does the rest; a demotion removes the member first and sets the role on a later round.
 */
import type { Node, NodeRole } from '../api/index.ts';
import { type Micros, seconds } from '../base/index.ts';
import type { Transaction } from '../store/index.ts';
import type { Membership } from './control-api/nodes.ts';
import { rank } from './rank.ts';
import type { Context, Input, Reactor } from './reactor.ts';

export const ROLE_MANAGER = 'role-manager';

/** The signal that the members have changed. */
export const MEMBERS_CHANGED = 'members-changed';

/** The raft group as its leader sees and changes it; nodes by their ids. */
export interface RaftGroup extends Membership {
  readonly self: string;
  nodes(): readonly string[];
  /** Proposes to remove a member; {@link MEMBERS_CHANGED} follows, or nothing at all. */
  remove(nodeId: string): void;
  /** Begins to hand leadership to some active member. False where there is none. */
  transferLeadership(): boolean;
}

/** What was not done at once is tried again at this interval. */
const INTERVAL = seconds(5);
const REMOVAL_LIMIT = seconds(5);
/** swarmkit raft.go, reqTimeout, with the default election timeout. */
const TRANSFER_LIMIT = seconds(25);

interface Roles {
  readonly role: NodeRole;
  readonly wanted: NodeRole;
}

/** One thing to look after; swarmkit does them one at a time, and waits for raft in between. */
type Item = { readonly kind: 'reconcile' | 'evict'; readonly node: string };

interface RoleManagerState {
  /** Nodes whose role is not yet what it is to be, as last heard of. */
  readonly reconciling: Map<string, Roles>;
  /** Nodes that were deleted and may be members still. */
  readonly evicting: Set<string>;
  queue: Item[];
  /** What raft is doing for it. */
  waiting: { readonly node: string; readonly on: 'removal' | 'transfer' } | undefined;
  isTicking: boolean;
}

interface SetRole {
  readonly do: 'set role';
  readonly node: string;
  readonly roles: Roles;
}

export function roleManager(group: RaftGroup): Reactor<RoleManagerState> {
  return {
    name: ROLE_MANAGER,
    rank: rank.roleManager,
    wants: (_state, change) => change.table === 'nodes' && change.kind !== 'create',

    start(ctx) {
      const nodes = ctx.store.nodes.all();
      const known = new Set(nodes.map(({ id }) => id));
      const state: RoleManagerState = {
        reconciling: new Map(nodes.map((node) => [node.id, rolesOf(node)])),
        // A member without a node object belongs to a node that was deleted.
        evicting: new Set(group.nodes().filter((id) => !known.has(id))),
        queue: [],
        waiting: undefined,
        isTicking: false,
      };
      queueAll(state);
      ctx.next({ do: 'work' });
      return state;
    },

    receive: (ctx, state, input) => receive(ctx, state, input, group),

    steps: {
      work: (ctx, state: RoleManagerState) => work(ctx, state, group),
    },

    writes: {
      'set role'(_ctx, state: RoleManagerState, tx: Transaction, { node: id, roles }: SetRole) {
        const node = tx.nodes.get(id);
        if (node && node.spec.role === roles.wanted && node.role === roles.role)
          tx.nodes.put({ ...node, role: roles.wanted });
        state.reconciling.delete(id);
      },
    },

    /** It stays pending, and is tried again. */
    failed(_ctx, state, step) {
      const { node, roles } = step as SetRole;
      state.reconciling.set(node, roles);
    },
  };
}

function receive(ctx: Context, state: RoleManagerState, input: Input, group: RaftGroup): void {
  switch (input.type) {
    case 'change': {
      const { change } = input;
      if (change.table !== 'nodes') return;
      if (change.kind === 'delete') state.evicting.add(change.id);
      else if (change.kind === 'update') state.reconciling.set(change.id, rolesOf(change.after));
      state.queue.push({ kind: change.kind === 'delete' ? 'evict' : 'reconcile', node: change.id });
      return work(ctx, state, group);
    }
    case 'signal':
      // The members have changed; the role follows with the next round.
      if (state.waiting?.on !== 'removal' || group.isMember(state.waiting.node)) return;
      return goOn(ctx, state, group);
    case 'timer':
      if (input.timer === 'round') return round(ctx, state, group);
      return raftTooSlow(ctx, state, group);
    default:
  }
}

/** Looks after what is queued, until raft or the store has to be waited for. */
function work(ctx: Context, state: RoleManagerState, group: RaftGroup): void {
  while (!state.waiting) {
    const item = state.queue.shift();
    if (!item) break;
    if (item.kind === 'evict') evict(ctx, state, group, item.node);
    else if (reconcile(ctx, state, group, item.node) === 'writes') {
      ctx.next({ do: 'work' });
      return;
    }
  }
  if (state.isTicking || state.waiting || !isPending(state)) return;
  state.isTicking = true;
  ctx.after(INTERVAL, 'round', { periodic: true });
}

function reconcile(ctx: Context, state: RoleManagerState, group: RaftGroup, node: string): 'writes' | 'done' {
  const roles = state.reconciling.get(node);
  if (!roles) return 'done';
  if (roles.role === roles.wanted) {
    state.reconciling.delete(node);
    return 'done';
  }
  if (roles.wanted === 'worker' && group.isMember(node)) {
    remove(ctx, state, group, node);
    return 'done';
  }
  ctx.write<SetRole>({ do: 'set role', node, roles });
  return 'writes';
}

/** Of a deleted node whose demotion had not got through. */
function evict(ctx: Context, state: RoleManagerState, group: RaftGroup, node: string): void {
  if (group.isMember(node)) remove(ctx, state, group, node);
  else state.evicting.delete(node);
}

/** A leader does not remove itself: it hands over, and its successor goes on with it. */
function remove(ctx: Context, state: RoleManagerState, group: RaftGroup, node: string): void {
  if (!group.canRemove(node)) return;
  if (node === group.self && group.transferLeadership()) wait(ctx, state, { node, on: 'transfer' }, TRANSFER_LIMIT);
  else removeNow(ctx, state, group, node);
}

function removeNow(ctx: Context, state: RoleManagerState, group: RaftGroup, node: string): void {
  wait(ctx, state, { node, on: 'removal' }, REMOVAL_LIMIT);
  group.remove(node);
}

function wait(ctx: Context, state: RoleManagerState, waiting: RoleManagerState['waiting'], limit: Micros): void {
  state.waiting = waiting;
  ctx.after(limit, 'raft is slow', { periodic: true });
}

function goOn(ctx: Context, state: RoleManagerState, group: RaftGroup): void {
  state.waiting = undefined;
  ctx.cancel('raft is slow');
  work(ctx, state, group);
}

function raftTooSlow(ctx: Context, state: RoleManagerState, group: RaftGroup): void {
  const { waiting } = state;
  if (!waiting) return;
  state.waiting = undefined;
  if (waiting.on === 'transfer' && group.canRemove(waiting.node)) removeNow(ctx, state, group, waiting.node);
  else work(ctx, state, group);
}

function round(ctx: Context, state: RoleManagerState, group: RaftGroup): void {
  state.isTicking = isPending(state);
  if (!state.isTicking) return;
  ctx.after(INTERVAL, 'round', { periodic: true });
  queueAll(state);
  work(ctx, state, group);
}

/** swarmkit goes through Go maps here: in no particular order. */
function queueAll(state: RoleManagerState): void {
  const queued = new Set(state.queue.map(keyOf));
  const items: Item[] = [
    ...[...state.reconciling.keys()].map((node): Item => ({ kind: 'reconcile', node })),
    ...[...state.evicting].map((node): Item => ({ kind: 'evict', node })),
  ];
  state.queue.push(...items.filter((item) => !queued.has(keyOf(item))));
}

function keyOf({ kind, node }: Item): string {
  return `${kind} ${node}`;
}

function isPending({ reconciling, evicting }: RoleManagerState): boolean {
  return reconciling.size > 0 || evicting.size > 0;
}

function rolesOf({ role, spec }: Node): Roles {
  return { role, wanted: spec.role };
}
