/** Turns what is committed into records of the trace. */
import { type Service, type Task, TaskState, taskStateName } from '../api/index.ts';
import type { Note, Observer, Origin, Rank, Spread } from '../manager/index.ts';
import type { Recorder } from '../sim/index.ts';
import type { Change, ReadView } from '../store/index.ts';
import { changedParts } from './changed-parts.ts';
import type { NodeRecord, SwarmRecords, TaskRecord } from './records.ts';

export type SwarmTrace = Recorder<SwarmRecords>;

export class Tracer implements Observer {
  readonly #trace: SwarmTrace;
  readonly #view: ReadView;
  readonly #manager: string;

  constructor(trace: SwarmTrace, view: ReadView, manager: string) {
    this.#trace = trace;
    this.#view = view;
    this.#manager = manager;
  }

  committed(changes: readonly Change[], { by, because, notes }: Origin): (number | undefined)[] {
    if (!this.#trace.enabled) return [];
    const source = { by: `${this.#manager}/${by}`, because };
    return changes.map((change) => this.#record(change, source, notes?.get(change.id)));
  }

  #record(change: Change, source: Source, note: Note | undefined): number | undefined {
    switch (change.table) {
      case 'tasks':
        return this.#task(change, source, note);
      case 'services':
        return this.#service(change, source);
      case 'nodes':
        return this.#node(change, source);
      case 'clusters':
        return this.#trace.record('cluster.changed', { cluster: change.id }, source);
      default:
        return source.because;
    }
  }

  #task(change: Extract<Change, { table: 'tasks' }>, source: Source, note: Note | undefined): number | undefined {
    const trace = this.#trace;
    if (change.kind === 'delete') return trace.record('task.removed', this.#taskRecord(change.before), source);
    const { after } = change;
    if (change.kind === 'create')
      return trace.record(
        'task.created',
        { ...this.#taskRecord(after), desired: taskStateName(after.desiredState) },
        source,
      );

    const { before } = change;
    let last: number | undefined;
    const { state, message, err = '' } = after.status;
    const was = before.status;
    if (state !== was.state || err !== (was.err ?? '')) {
      const record = this.#taskRecord(after);
      if (state === was.state && state < TaskState.ASSIGNED)
        last = trace.record('task.unplaced', { ...record, err }, source);
      else if (state === TaskState.ASSIGNED && was.state < TaskState.ASSIGNED)
        last = trace.record('task.placed', { ...record, ...(note as (Rank & Partial<Spread>) | undefined) }, source);
      else last = trace.record('task.changed', { ...record, state: taskStateName(state), message, err }, source);
    }
    if (after.desiredState !== before.desiredState) {
      const desired = taskStateName(after.desiredState);
      last = trace.omit('task.wanted') ?? trace.record('task.wanted', { ...this.#taskRecord(after), desired }, source);
    }
    return last ?? source.because;
  }

  #service(change: Extract<Change, { table: 'services' }>, source: Source): number | undefined {
    const trace = this.#trace;
    if (change.kind === 'delete') return trace.record('service.removed', serviceRecord(change.before), source);
    const { after } = change;
    if (change.kind === 'create') return trace.record('service.created', serviceRecord(after), source);
    const { before } = change;
    let last: number | undefined;
    if (before.spec !== after.spec) {
      last =
        trace.omit('service.updated') ??
        trace.record(
          'service.updated',
          {
            ...serviceRecord(after),
            image: after.spec.task.container.image,
            changed: changedParts(before.spec, after.spec),
          },
          source,
        );
    }
    const was = before.updateStatus;
    const is = after.updateStatus;
    if (was?.state !== is?.state || was?.message !== is?.message || was?.completedAt !== is?.completedAt) {
      last = trace.record(
        'update.changed',
        { ...serviceRecord(after), state: is?.state ?? 'none', message: is?.message ?? '' },
        source,
      );
    }
    return last ?? source.because;
  }

  #node(change: Extract<Change, { table: 'nodes' }>, source: Source): number | undefined {
    if (change.kind === 'delete') {
      return this.#trace.record('node.removed', nodeRecord(change.id, change.before.description?.hostname), source);
    }
    const { id, description, status, spec } = change.after;
    const record = nodeRecord(id, description?.hostname ?? spec.name);
    if (change.kind === 'create') return this.#trace.record('node.added', { ...record, state: status.state }, source);
    const details = { state: status.state, message: status.message, availability: spec.availability };
    return this.#trace.record('node.changed', { ...record, ...details }, source);
  }

  #taskRecord({ id, serviceId, serviceName, slot, nodeId, spec, specVersion = -1 }: Task): TaskRecord {
    const node = nodeId === '' ? '' : (this.#view.nodes.get(nodeId)?.description?.hostname ?? nodeId);
    return {
      task: id,
      service: serviceId,
      name: serviceName,
      slot,
      node,
      image: spec.container.image,
      version: specVersion,
    };
  }
}

interface Source {
  readonly by: string;
  readonly because: number | undefined;
}

function serviceRecord({ id, spec }: Service): { readonly service: string; readonly name: string } {
  return { service: id, name: spec.name };
}

function nodeRecord(node: string, name: string | undefined): NodeRecord {
  return { node, name: name ?? node };
}
