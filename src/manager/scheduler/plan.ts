/** The scheduler's decisions, made on its picture of the cluster alone (swarmkit manager/scheduler/scheduler.go). */
import { type Task, TaskState } from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import type { ReadView } from '../../store/index.ts';
import type { Decision } from './decision.ts';
import { FILTERS, type Filter } from './filters/index.ts';
import type { NodeInfo } from './node-info.ts';
import { confirmTask, type Pass, type RandomSource, surroundingsOf } from './pass.ts';
import { checksOf, Pipeline } from './pipeline.ts';
import { placeGroup } from './place-group.ts';
import { placeOneOffs } from './place-one-offs.ts';
import { drawSalt } from './ranking.ts';
import { ownState, type SchedulerState } from './state.ts';
import { chooseVolumes } from './volumes.ts';

export interface PlanOptions {
  /** The store as it is committed now. */
  readonly view: ReadView;
  readonly at: Instant;
  /** A stream of its own, or `FIXED_ORDER`. */
  readonly random: RandomSource;
  /** Default: Swarm's own, `FILTERS`. */
  readonly filters?: readonly Filter[];
}

/**
 * Looks at every task that waits on the node it is bound to. Whenever the debounce expires this comes first, and its
 * decisions are written before {@link planUnassigned} is called.
 */
export function planPreassigned(state: SchedulerState, options: PlanOptions): Decision[] {
  const pass = startPass(state, options);
  for (const task of pass.random.shuffle([...state.waitingPreassigned.values()])) {
    const info = state.nodes.get(task.nodeId);
    if (info) tryNode(pass, task, info);
  }
  return pass.decisions;
}

/**
 * Looks for nodes for the tasks without one, if anything has happened that may help; group after group, each placed
 * as far as it goes, so that the next sees what the one before has booked. A task that finds no node is queued again,
 * with the reason, unless its service is gone or has a newer version.
 */
export function planUnassigned(state: SchedulerState, options: PlanOptions): Decision[] {
  if (!state.isPassRequired) return [];
  const pass = startPass(state, options);
  const waiting = [...state.unassigned.values()];
  state.isPassRequired = false;
  state.unassigned.clear();
  if (waiting.length === 0) return [];

  const { random } = pass;
  const { groups, oneOffs } = grouped(waiting);
  for (const group of random.shuffle(groups)) {
    const { tasks, explanation } = placeGroup(pass, random.shuffle(group));
    for (const task of tasks) keepWaiting(pass, options.view, task, explanation);
  }
  placeOneOffs(pass, random.shuffle(oneOffs), drawSalt(random), (task, explanation) => {
    keepWaiting(pass, options.view, task, explanation);
  });
  return pass.decisions;
}

function startPass(state: SchedulerState, { view, at, random, filters = FILTERS }: PlanOptions): Pass {
  ownState(state);
  const surroundings = surroundingsOf(view, state.volumes);
  return { state, filters, surroundings, random, at, decisions: [], assigned: 0 };
}

/** The explanation of a preassigned task stands alone and always counts one node. */
function tryNode(pass: Pass, task: Task, info: NodeInfo): void {
  const { state, surroundings, at } = pass;
  const pipeline = new Pipeline(checksOf(task, pass.filters, surroundings));
  if (!pipeline.passes(info)) {
    pass.decisions.push({ kind: 'unplaced', task, at, err: pipeline.explain() });
    return;
  }
  const choice = chooseVolumes(state.volumes, task, task.nodeId);
  if (!('missing' in choice)) confirmTask(pass, task, choice.attachments);
  else {
    const err = `cannot find volume to satisfy mount with source ${choice.missing}`;
    pass.decisions.push({ kind: 'unplaced', task, at, err });
  }
}

/** Tasks of one version of a service are placed together; a task without a version stands alone. */
function grouped(tasks: readonly Task[]): { readonly groups: readonly Task[][]; readonly oneOffs: readonly Task[] } {
  const groups = new Map<string, Task[]>();
  const oneOffs: Task[] = [];
  for (const task of tasks) {
    if (task.specVersion === undefined) {
      oneOffs.push(task);
      continue;
    }
    const key = `${task.serviceId} ${task.specVersion}`;
    const group = groups.get(key);
    if (group) group.push(task);
    else groups.set(key, [task]);
  }
  return { groups: [...groups.values()], oneOffs };
}

/**
 * No node was found (scheduler.go, noSuitableNode). A task of an older version than its service's is dropped from the
 * queue with its old text: until it is written again, or another leader starts, nobody tries it any more, however
 * much room there is. Since every service update raises the version, a mere scale strands the tasks waiting before it.
 */
function keepWaiting({ state, decisions, at }: Pass, view: ReadView, task: Task, explanation: string): void {
  const service = view.services.get(task.serviceId);
  if (!service) return;
  if ((service.specVersion ?? 0) > (task.specVersion ?? Number.POSITIVE_INFINITY)) {
    if (task.desiredState >= TaskState.SHUTDOWN) decisions.push({ kind: 'shut-down', task, at });
    return;
  }
  const err = explanation === '' ? 'no suitable node' : `no suitable node (${explanation})`;
  state.unassigned.set(task.id, task);
  decisions.push({ kind: 'unplaced', task, at, err });
}
