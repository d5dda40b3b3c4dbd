/** `/tasks` (moby daemon/cluster/tasks.go, swarmkit manager/controlapi/task.go). */
import { type Engine, type Task, TaskState, taskStateName, taskToEngine } from '../api/index.ts';
import { isTaskDirty } from '../manager/index.ts';
import type { Answer, Call } from './call.ts';
import { type Control, control } from './control.ts';
import { type Filters, filtersOf } from './filters.ts';
import { find, inOrderOfIds } from './find.ts';
import { findNode } from './nodes.ts';
import { Refusal } from './refusal.ts';
import { findService } from './services.ts';

const FILTERS = ['name', 'id', 'label', 'service', 'node', 'desired-state', '_up-to-date', 'runtime'];

export function listTasks(call: Call): Answer {
  const filters = filtersOf(call, FILTERS);
  const access = control(call);
  const serviceIds = filters.get('service').map((reference) => findService(access, reference).id);
  const nodeIds = filters.get('node').map((reference) => findNode(access, reference).id);
  const states = filters.get('desired-state').flatMap(stateOf);
  const listed = access.view.tasks
    .all()
    .filter(
      (task) =>
        isOneOf(serviceIds, task.serviceId) &&
        isOneOf(nodeIds, task.nodeId) &&
        isOneOf(states, task.desiredState) &&
        matches(filters, task) &&
        (filters.get('_up-to-date').length === 0 || isUpToDate(access, task)),
    );
  return { body: inOrderOfIds(listed).map((task) => shown(call, access, task)) };
}

export function inspectTask(call: Call): Answer {
  const access = control(call);
  return { body: shown(call, access, findTask(access, call.params.id!)) };
}

/** @throws Refusal for a reference to none or several. */
export function findTask({ view }: Control, reference: string): Task {
  return find({ noun: 'task', all: view.tasks.all(), nameOf: taskName }, reference);
}

function shown({ epoch }: Call, { view }: Control, task: Task): Engine.Task {
  return taskToEngine(task, { ...epoch, networkById: (id) => view.networks.get(id) });
}

function matches(filters: Filters, task: Task): boolean {
  return (
    filters.begins('name', taskName(task)) &&
    filters.begins('id', task.id) &&
    filters.matchesLabels('label', task.serviceLabels) &&
    filters.includes('runtime', 'container')
  );
}

/** (swarmkit api/naming/naming.go) */
function taskName({ serviceName, slot, nodeId, id }: Task): string {
  return `${serviceName}.${slot === 0 ? nodeId : slot}.${id}`;
}

function stateOf(name: string): TaskState[] {
  if (name === '') return [];
  const state = Object.values(TaskState).find((candidate) => taskStateName(candidate) === name.toUpperCase());
  if (state === undefined) throw new Refusal(500, `Invalid desired-state filter: '${name}'`);
  return [state];
}

/** A filter without values lets everything pass. */
function isOneOf<T>(accepted: readonly T[], value: T): boolean {
  return accepted.length === 0 || accepted.includes(value);
}

function isUpToDate({ view }: Control, task: Task): boolean {
  const service = view.services.get(task.serviceId);
  return service !== undefined && !isTaskDirty(service, task, view.nodes.get(task.nodeId));
}
