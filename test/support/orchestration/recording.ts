/** What happened in a run, in the form in which the orchestration vectors state it. */
import { type Service, type Task, TaskState, taskStateName } from '../../../src/api/index.ts';
import type { Change, ReadView } from '../../../src/store/index.ts';
import { labelOf } from './specs.ts';
import type { Listener } from './world.ts';

export type TaskEvent = readonly [t: number, event: string, error?: string];
export type StatusEvent = readonly [t: number, service: string, state: string, message: string];
export type CommandError = readonly [t: number, op: string, message: string];

interface TaskHistory {
  readonly service: string;
  readonly slotKey: string;
  /** The node that is the slot, for what is bound to one. */
  readonly node: string | undefined;
  readonly createdMs: number;
  readonly label: string;
  readonly events: {
    readonly t: number;
    readonly order: number;
    readonly event: string;
    readonly error: string | undefined;
  }[];
}

/** Events of one task at one instant have a fixed order that carries no meaning. */
const ORDER = { created: 0, observed: 1_000, err: 2_000, desired: 3_000, removed: 4_000 } as const;

export class Recording implements Listener {
  readonly updateStatus: StatusEvent[] = [];
  readonly commandErrors: CommandError[] = [];
  readonly #tasks = new Map<string, TaskHistory>();
  readonly #serviceNames = new Map<string, string>();
  readonly #running = new Map<string, [t: number, n: number][]>();
  readonly #runningNow = new Map<string, number>();

  committed(t: number, changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.table === 'tasks') this.#taskChanged(t, change);
      else if (change.table === 'services') this.#serviceChanged(t, change);
    }
  }

  refused(t: number, op: string, message: string): void {
    this.commandErrors.push([t, op, message]);
  }

  #serviceChanged(t: number, change: Extract<Change, { table: 'services' }>): void {
    if (change.kind === 'delete') return;
    const { after } = change;
    this.#serviceNames.set(after.id, after.spec.name);
    if (change.kind === 'create') return;
    const before = change.before.updateStatus;
    const now = after.updateStatus;
    if (before?.state === now?.state && before?.message === now?.message) return;
    const message = (now?.message ?? '').replace(/task \S+$/, 'task <task>');
    this.updateStatus.push([t, after.spec.name, now?.state ?? 'none', message]);
  }

  #taskChanged(t: number, change: Extract<Change, { table: 'tasks' }>): void {
    if (change.kind === 'create') return this.#created(t, change.after);
    const history = this.#tasks.get(change.id);
    if (!history) return;
    const { before } = change;
    if (change.kind === 'delete') {
      this.#add(history, t, ORDER.removed, 'removed');
      this.#count(t, before.serviceId, before.status.state === TaskState.RUNNING ? -1 : 0);
      return;
    }
    const { after } = change;
    this.#observed(history, t, before, after);
    if (after.desiredState !== before.desiredState) {
      this.#add(history, t, ORDER.desired + after.desiredState, `desired:${taskStateName(after.desiredState)}`);
    }
    this.#count(
      t,
      after.serviceId,
      Number(after.status.state === TaskState.RUNNING) - Number(before.status.state === TaskState.RUNNING),
    );
  }

  #created(t: number, task: Task): void {
    const isBound = task.nodeId !== '';
    const history: TaskHistory = {
      service: task.serviceName,
      slotKey: isBound ? task.nodeId : String(task.slot),
      node: isBound ? task.nodeId : undefined,
      createdMs: t,
      label: labelOf(task.spec),
      events: [],
    };
    this.#tasks.set(task.id, history);
    this.#add(history, t, ORDER.created, 'created');
    this.#add(history, t, ORDER.desired + task.desiredState, `desired:${taskStateName(task.desiredState)}`);
  }

  #observed(history: TaskHistory, t: number, before: Task, after: Task): void {
    const error = after.status.err || undefined;
    if (after.status.state !== before.status.state) {
      this.#add(
        history,
        t,
        ORDER.observed + after.status.state,
        `observed:${taskStateName(after.status.state)}`,
        error,
      );
    } else if (error !== (before.status.err || undefined)) this.#add(history, t, ORDER.err, 'err', error);
  }

  #add(history: TaskHistory, t: number, order: number, event: string, error?: string): void {
    history.events.push({ t, order, event, error });
  }

  #count(t: number, serviceId: string, by: number): void {
    if (by === 0) return;
    const name = this.#serviceNames.get(serviceId) ?? serviceId;
    const n = (this.#runningNow.get(name) ?? 0) + by;
    this.#runningNow.set(name, n);
    const line = this.#running.get(name) ?? [];
    this.#running.set(name, line);
    const last = line[line.length - 1];
    if (last?.[0] === t) last[1] = n;
    else line.push([t, n]);
  }

  get serviceNames(): readonly string[] {
    return [...new Set(this.#serviceNames.values())];
  }

  /** Where the number of RUNNING tasks changes, starting from 0; a service none of whose tasks ever ran is left out. */
  running(): Record<string, [number, number][]> {
    return Object.fromEntries([...this.#running.keys()].map((name) => [name, this.#changesOf(name)]));
  }

  #changesOf(name: string): [number, number][] {
    let last = 0;
    return (this.#running.get(name) ?? []).filter(([, n]) => {
      const differs = n !== last;
      last = n;
      return differs;
    });
  }

  runningRange(fromMs: number): Record<string, { min: number; max: number }> {
    const ranges = [...this.#running].map(([name, line]) => {
      const start = line.filter(([t]) => t <= fromMs).at(-1)?.[1] ?? 0;
      const values = [start, ...line.filter(([t]) => t > fromMs).map(([, n]) => n)];
      return [name, { min: Math.min(...values), max: Math.max(...values) }] as const;
    });
    return Object.fromEntries(ranges);
  }

  final(view: ReadView): Record<string, unknown> {
    return Object.fromEntries(this.serviceNames.map((name) => [name, this.#finalOf(view, name)]));
  }

  #finalOf(view: ReadView, name: string): Record<string, unknown> {
    const tasks = view.tasks.all().filter((task) => task.serviceName === name);
    const counts: Record<string, number> = {};
    for (const task of tasks) {
      const key = `${labelOf(task.spec)} ${taskStateName(task.status.state)}/${taskStateName(task.desiredState)}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    const running = tasks.filter((task) => task.status.state === TaskState.RUNNING).length;
    const service = view.services.all().find((candidate) => candidate.spec.name === name);
    return service ? { ...finalSpec(service), running, tasks: counts } : { exists: false, running, tasks: counts };
  }

  runningByNode(view: ReadView): Record<string, Record<string, number>> {
    const result: Record<string, Record<string, number>> = {};
    for (const task of view.tasks.all()) {
      if (task.status.state !== TaskState.RUNNING) continue;
      const nodes = result[task.serviceName] ?? {};
      result[task.serviceName] = nodes;
      nodes[task.nodeId] = (nodes[task.nodeId] ?? 0) + 1;
    }
    return result;
  }

  #eventsOf(history: TaskHistory): TaskEvent[] {
    return [...history.events]
      .sort((a, b) => a.t - b.t || a.order - b.order)
      .map(({ t, event, error }) => (error === undefined ? ([t, event] as const) : ([t, event, error] as const)));
  }

  /** Slot histories, each as `{service, node?, tasks}`, not yet merged. */
  slots(): unknown[] {
    const slots = new Map<string, TaskHistory[]>();
    for (const history of this.#tasks.values()) {
      const key = `${history.service}|${history.slotKey}`;
      slots.set(key, [...(slots.get(key) ?? []), history]);
    }
    return [...slots.values()].map((histories) => {
      const [first] = histories;
      const tasks = histories
        .map((history) => ({ image: history.label, events: this.#eventsOf(history), createdMs: history.createdMs }))
        .map((task) => ({ task, text: JSON.stringify(task.events) }))
        .sort(
          (a, b) =>
            a.task.createdMs - b.task.createdMs || compare(a.task.image, b.task.image) || compare(a.text, b.text),
        )
        .map(({ task: { image, events } }) => ({ image, events }));
      return { service: first!.service, ...(first!.node !== undefined && { node: first!.node }), tasks };
    });
  }

  tasks(): unknown[] {
    return [...this.#tasks.values()].map((history) => ({
      service: history.service,
      ...(history.node !== undefined && { node: history.node }),
      image: history.label,
      events: this.#eventsOf(history),
    }));
  }

  events(): unknown[] {
    return [...this.#tasks.values()].flatMap((history) =>
      this.#eventsOf(history).map(([t, event, error]) => [
        t,
        history.service,
        history.label,
        event,
        ...(error === undefined ? [] : [error]),
      ]),
    );
  }
}

function finalSpec(service: Service): Record<string, unknown> {
  const { mode } = service.spec;
  return {
    exists: true,
    image: labelOf(service.spec.task),
    previousImage: service.previousSpec ? labelOf(service.previousSpec.task) : null,
    updateState: service.updateStatus?.state ?? 'none',
    ...(mode.kind === 'replicated' && { replicas: mode.replicas }),
    ...(service.jobStatus && { jobIteration: service.jobStatus.jobIteration }),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
