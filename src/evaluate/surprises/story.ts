/** A trace, sorted by what it is about: the ground on which surprises are recognised. */

import type { TaskStateName } from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import type { SwarmRecord } from '../../swarm/index.ts';
import { ENDED } from '../history.ts';

export type RecordOf<K extends SwarmRecord['kind']> = Extract<SwarmRecord, { readonly kind: K }>;

export interface TaskStory {
  readonly task: string;
  readonly slot: number;
  readonly image: string;
  readonly version: number;
  readonly createdAt: Instant;
  /** It was made for its node: of a service that has one task on each. */
  readonly isBound: boolean;
  node: string;
  /** When it was placed on its node, and why it is not, where it waits. */
  placedAt: Instant | undefined;
  unplaced: string | undefined;
  runningFrom: Instant | undefined;
  /** When it was told to stop. */
  stopWantedAt: Instant | undefined;
  /** Its slot was given up: the service was scaled down or removed. */
  isRemoved: boolean;
  /** It is to end by itself. */
  isOfJob: boolean;
  end: { readonly at: Instant; readonly state: TaskStateName; readonly err: string } | undefined;
}

export interface ServiceStory {
  readonly service: string;
  readonly name: string;
  readonly statuses: RecordOf<'update.changed'>[];
  readonly edits: RecordOf<'service.updated'>[];
  readonly tasks: TaskStory[];
  removedAt: Instant | undefined;
}

export interface Story {
  readonly records: readonly SwarmRecord[];
  /** The records of one kind. */
  of<K extends SwarmRecord['kind']>(kind: K): readonly RecordOf<K>[];
  readonly services: readonly ServiceStory[];
  /** The last instant that is told of. */
  readonly end: Instant;
}

export function storyOf(records: readonly SwarmRecord[]): Story {
  const services = new Map<string, ServiceStory>();
  const tasks = new Map<string, TaskStory>();
  const kinds = new Map<SwarmRecord['kind'], SwarmRecord[]>();
  for (const record of records) {
    const alike = kinds.get(record.kind);
    if (alike) alike.push(record);
    else kinds.set(record.kind, [record]);
    if (!('service' in record)) continue;
    const service = storyOfService(services, record);
    switch (record.kind) {
      case 'update.changed':
        service.statuses.push(record);
        break;
      case 'service.updated':
        service.edits.push(record);
        break;
      case 'service.removed':
        service.removedAt = record.at;
        break;
      case 'task.created': {
        const task = newTask(record);
        tasks.set(record.task, task);
        service.tasks.push(task);
        break;
      }
      default:
        if ('task' in record) tell(tasks.get(record.task), record);
    }
  }
  return {
    records,
    of: <K extends SwarmRecord['kind']>(kind: K) => (kinds.get(kind) ?? []) as RecordOf<K>[],
    services: [...services.values()],
    end: records.at(-1)?.at ?? 0,
  };
}

function storyOfService(
  services: Map<string, ServiceStory>,
  { service, name }: { readonly service: string; readonly name: string },
): ServiceStory {
  const known = services.get(service);
  if (known) return known;
  const story: ServiceStory = { service, name, statuses: [], edits: [], tasks: [], removedAt: undefined };
  services.set(service, story);
  return story;
}

function newTask({ task, slot, image, version, at, node, desired }: RecordOf<'task.created'>): TaskStory {
  return {
    task,
    slot,
    image,
    version,
    createdAt: at,
    isBound: node !== '',
    node,
    placedAt: undefined,
    unplaced: undefined,
    runningFrom: undefined,
    stopWantedAt: undefined,
    isRemoved: false,
    isOfJob: desired === 'COMPLETE',
    end: undefined,
  };
}

function tell(task: TaskStory | undefined, record: SwarmRecord): void {
  if (!task) return;
  switch (record.kind) {
    case 'task.placed':
      task.node = record.node;
      task.placedAt ??= record.at;
      task.unplaced = undefined;
      break;
    case 'task.unplaced':
      task.unplaced = record.err;
      break;
    case 'task.wanted':
      task.isOfJob ||= record.desired === 'COMPLETE';
      task.isRemoved ||= record.desired === 'REMOVE';
      if (record.desired === 'SHUTDOWN' || record.desired === 'REMOVE') task.stopWantedAt ??= record.at;
      break;
    case 'task.changed':
      if (record.state === 'RUNNING') task.runningFrom ??= record.at;
      else if (ENDED.has(record.state)) task.end ??= { at: record.at, state: record.state, err: record.err };
  }
}

/** Where a task is in its service: its slot, or for a service without slots its node. */
export function placeOf({ slot, node, isBound }: TaskStory): string {
  return isBound ? node : String(slot);
}

/** Tasks by their place, each in the order in which they were made. */
export function byPlace(tasks: readonly TaskStory[]): ReadonlyMap<string, readonly TaskStory[]> {
  const places = new Map<string, TaskStory[]>();
  for (const task of tasks) {
    const there = places.get(placeOf(task));
    if (there) there.push(task);
    else places.set(placeOf(task), [task]);
  }
  return places;
}

/** Whether a task has been seen running and not yet ending. */
export function runsAt({ runningFrom, end }: TaskStory, at: Instant): boolean {
  return runningFrom !== undefined && runningFrom <= at && (end === undefined || end.at > at);
}

/** Whether an update or a rollback was going on, as its status says. */
export function isUpdatingAt({ statuses }: ServiceStory, at: Instant): boolean {
  const state = statuses.filter((status) => status.at < at).at(-1)?.state;
  return state === 'updating' || state === 'rollback_started';
}

/** The status at the end of the story. */
export function lastStatus({ statuses }: ServiceStory): RecordOf<'update.changed'> | undefined {
  return statuses.at(-1);
}
