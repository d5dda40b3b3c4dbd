/**
 * The worker side of the orchestration vectors: agents that act without delay and containers that follow a script.
 * It stands behind the dispatcher's place in the control plane; its data outlives leaders, as workers do.
 */
import { type Task, TaskState } from '../../../src/api/index.ts';
import { millis } from '../../../src/base/index.ts';
import { type Context, phaseOf, type Reactor, rank, type Step } from '../../../src/manager/index.ts';
import type { EventId } from '../../../src/sim/index.ts';
import { byNodeId, type Change, type ReadView, type Transaction } from '../../../src/store/index.ts';
import { Behaviours } from './behaviour.ts';
import type { ImageBehaviour } from './input.ts';
import type { LocalTask, Report, WorkerEvent } from './local-task.ts';

export const WORKERS = 'scripted-workers';
export const REPORT_WRITER = 'report-writer';

/** The kernel, as far as workers need it. */
interface Kernel {
  readonly now: number;
  readonly priority: number;
  schedule(at: number, event: WorkerEvent, options?: { readonly priority?: number }): EventId;
  cancel(id: EventId): boolean;
}

interface ReportQueue {
  readonly waiting: Report[];
  isPacing: boolean;
}

export class ScriptedWorkers {
  readonly #kernel: Kernel;
  readonly #behaviours: Behaviours;
  /** Reports wait until everything else in an instant has settled: so it is where writes take time. */
  readonly #isPaced: boolean;
  readonly #tasks = new Map<string, LocalTask>();
  readonly #unreachable = new Set<string>();
  readonly #silent = new Set<string>();
  readonly #forward: (report: Report) => void;

  constructor(
    kernel: Kernel,
    images: Readonly<Record<string, ImageBehaviour>>,
    isPaced: boolean,
    forward: (report: Report) => void,
  ) {
    this.#kernel = kernel;
    this.#behaviours = new Behaviours(images);
    this.#isPaced = isPaced;
    this.#forward = forward;
  }

  /** The components that carry changes to the agents and their reports to the store. */
  reactors(): readonly [Reactor<undefined>, Reactor<ReportQueue>] {
    return [this.#agents(), this.#reportWriter()];
  }

  /** Agents act on commits in their instant and never wait for their reports, where those take time. */
  #agents(): Reactor<undefined> {
    return {
      name: WORKERS,
      rank: rank.dispatcher,
      wants: (_state, change) => change.table === 'tasks',
      start: () => undefined,
      receive: (ctx, _state, input) => {
        if (input.type === 'change') this.#absorb(input.change, (report) => this.#send(ctx, report));
        else if (input.type === 'signal') this.#send(ctx, input.data as Report);
      },
      writes: {
        report: (ctx, _state: undefined, tx: Transaction, { report }: ReportStep) => this.#write(tx, report, ctx.now),
      },
    };
  }

  #send(ctx: Context, report: Report): void {
    if (this.#isPaced) this.#forward(report);
    else ctx.write<ReportStep>({ do: 'report', report });
  }

  /** One report after the other, each after everything else in its instant has settled. */
  #reportWriter(): Reactor<ReportQueue> {
    return {
      name: REPORT_WRITER,
      rank: rank.dispatcher,
      start: () => ({ waiting: [], isPacing: false }),
      receive(ctx, state, input) {
        if (input.type === 'timer') return ctx.next({ do: 'next report' });
        if (input.type !== 'signal') return;
        state.waiting.push(input.data as Report);
        if (state.isPacing) return;
        state.isPacing = true;
        ctx.afterSettled('report');
      },
      steps: {
        'next report'(ctx, state: ReportQueue) {
          const report = state.waiting.shift();
          if (report) ctx.write<ReportStep>({ do: 'report', report });
          ctx.next({ do: 'report done' });
        },
        'report done'(ctx, state: ReportQueue) {
          state.isPacing = state.waiting.length > 0;
          if (state.isPacing) ctx.afterSettled('report');
        },
      },
      writes: {
        report: (ctx, _state: ReportQueue, tx: Transaction, { report }: ReportStep) => this.#write(tx, report, ctx.now),
      },
    };
  }

  #write(tx: Transaction, { taskId, state, err }: Report, now: number): void {
    const local = this.#tasks.get(taskId);
    if (local && local.reported < state) local.reported = state;
    const task = tx.tasks.get(taskId);
    if (!task || task.status.state > state) return;
    const { err: _old, ...status } = task.status;
    tx.tasks.put({ ...task, status: { ...status, state, ...(err && { err }), timestamp: now, appliedAt: now } });
  }

  noteCommitted(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.table === 'tasks' && change.kind === 'create')
        this.#behaviours.noteCreated(change.after, this.#kernel.now / 1000);
    }
  }

  isReachable(nodeId: string): boolean {
    return !this.#unreachable.has(nodeId);
  }

  lose(nodeId: string, crash: boolean): void {
    this.#unreachable.add(nodeId);
    if (!crash) return;
    for (const local of this.#onNode(nodeId)) {
      this.#disarm(local);
      local.crashed = true;
    }
  }

  find(nodeId: string): void {
    this.#unreachable.delete(nodeId);
  }

  /** The worker is gone for good. */
  remove(nodeId: string): void {
    this.#unreachable.add(nodeId);
    for (const local of this.#onNode(nodeId)) this.#forget(local);
  }

  /** No agent hears or is heard until it has come back by {@link reconnect}. */
  silence(nodeIds: readonly string[]): void {
    for (const nodeId of nodeIds) this.#silent.add(nodeId);
    // A report that was on its way counts as not made.
    for (const local of this.#tasks.values())
      if (local.reported > TaskState.ASSIGNED) local.reported = TaskState.ASSIGNED;
  }

  /** The agent reports the latest state of what has changed, and then acts on what the store wants now. */
  reconnect(nodeId: string, view: ReadView): void {
    this.#silent.delete(nodeId);
    if (!this.isReachable(nodeId)) return;
    const send = this.#forward;
    const stored = new Map(view.tasks.find(byNodeId(nodeId)).map((task) => [task.id, task]));
    for (const local of this.#onNode(nodeId)) {
      const task = stored.get(local.id);
      if (!task) this.#forget(local);
      else if (local.crashed) this.#revive(local, task, send);
      else if (local.state > task.status.state) send({ taskId: local.id, state: local.state, err: local.err });
    }
    for (const task of stored.values()) this.#assign(task, send);
  }

  step(event: WorkerEvent): void {
    const local = this.#tasks.get(event.taskId);
    if (!local) return;
    local.timer = undefined;
    this.#advance(local, event.step, (report) => {
      if (this.#isConnected(local.nodeId)) this.#forward(report);
    });
  }

  #isConnected(nodeId: string): boolean {
    return this.isReachable(nodeId) && !this.#silent.has(nodeId);
  }

  #onNode(nodeId: string): LocalTask[] {
    return [...this.#tasks.values()].filter((local) => local.nodeId === nodeId);
  }

  #absorb(change: Change, send: (report: Report) => void): void {
    if (change.table !== 'tasks') return;
    if (change.kind !== 'delete') {
      if (change.after.nodeId !== '' && this.#isConnected(change.after.nodeId)) this.#assign(change.after, send);
      return;
    }
    const local = this.#tasks.get(change.id);
    if (local && this.#isConnected(local.nodeId)) this.#forget(local);
  }

  /** A task as the agent hears of it: new, or with another desired state. */
  #assign(task: Task, send: (report: Report) => void): void {
    if (task.status.state < TaskState.ASSIGNED) return;
    const known = this.#tasks.get(task.id);
    if (!known) {
      if (task.status.state <= TaskState.RUNNING) this.#accept(task, send);
      return;
    }
    if (task.desiredState <= known.desired) return;
    known.desired = task.desiredState;
    if (known.desired >= TaskState.SHUTDOWN) this.#stop(known, send);
    else if (known.state === TaskState.READY && known.desired > TaskState.READY) this.#start(known, send);
  }

  #accept(task: Task, send: (report: Report) => void): void {
    const local: LocalTask = {
      id: task.id,
      nodeId: task.nodeId,
      image: task.spec.container.image,
      behaviour: this.#behaviours.of(task),
      state: TaskState.ASSIGNED,
      err: undefined,
      desired: task.desiredState,
      reported: TaskState.ASSIGNED,
      timer: undefined,
      crashed: false,
    };
    this.#tasks.set(task.id, local);
    this.#enter(local, TaskState.ACCEPTED, send);
    if (local.desired >= TaskState.SHUTDOWN) return this.#enter(local, TaskState.SHUTDOWN, send);
    this.#enter(local, TaskState.PREPARING, send);
    this.#arm(local, local.behaviour.pullMs, 'pulled');
  }

  #start(local: LocalTask, send: (report: Report) => void): void {
    this.#enter(local, TaskState.STARTING, send);
    this.#arm(local, local.behaviour.startMs, 'started');
  }

  #stop(local: LocalTask, send: (report: Report) => void): void {
    if (local.state > TaskState.RUNNING) return;
    this.#disarm(local);
    if (local.state < TaskState.STARTING) this.#enter(local, TaskState.SHUTDOWN, send);
    else this.#arm(local, local.behaviour.stopMs, 'stopped');
  }

  #advance(local: LocalTask, step: WorkerEvent['step'], send: (report: Report) => void): void {
    switch (step) {
      case 'pulled':
        if (local.behaviour.rejectPrepare)
          return this.#enter(local, TaskState.REJECTED, send, `No such image: ${local.image}`);
        this.#enter(local, TaskState.READY, send);
        if (local.desired > TaskState.READY) this.#start(local, send);
        return;
      case 'started':
        if (local.behaviour.failStart) return this.#enter(local, TaskState.FAILED, send, 'task: non-zero exit (1)');
        this.#enter(local, TaskState.RUNNING, send);
        return this.#armEnd(local);
      case 'failed':
        return this.#enter(local, TaskState.FAILED, send, 'task: non-zero exit (1)');
      case 'unhealthy':
        return this.#enter(local, TaskState.FAILED, send, 'dockerexec: unhealthy container');
      case 'completed':
        return this.#enter(local, TaskState.COMPLETE, send);
      case 'stopped':
        return this.#enter(local, TaskState.SHUTDOWN, send);
    }
  }

  #armEnd(local: LocalTask): void {
    const { failAfterMs, unhealthyAfterMs, completeAfterMs } = local.behaviour;
    if (failAfterMs != null) this.#arm(local, failAfterMs, 'failed');
    else if (unhealthyAfterMs != null) this.#arm(local, unhealthyAfterMs, 'unhealthy');
    else if (completeAfterMs != null) this.#arm(local, completeAfterMs, 'completed');
  }

  /** After a crash of its node: what ran is over, what was pulling starts again. */
  #revive(local: LocalTask, task: Task, send: (report: Report) => void): void {
    local.crashed = false;
    if (local.state === TaskState.STARTING || local.state === TaskState.RUNNING) {
      if (task.desiredState > local.desired) local.desired = task.desiredState;
      if (local.desired >= TaskState.SHUTDOWN) this.#enter(local, TaskState.SHUTDOWN, send);
      else this.#enter(local, TaskState.FAILED, send, 'task: non-zero exit (137)');
      return;
    }
    if (local.state > task.status.state) send({ taskId: local.id, state: local.state, err: local.err });
    if (local.state === TaskState.PREPARING) this.#arm(local, local.behaviour.pullMs, 'pulled');
  }

  #enter(local: LocalTask, state: TaskState, send: (report: Report) => void, err?: string): void {
    local.state = state;
    local.err = err;
    send({ taskId: local.id, state, err });
  }

  #arm(local: LocalTask, afterMs: number, step: WorkerEvent['step']): void {
    this.#disarm(local);
    const event: WorkerEvent = { kind: 'worker.step', taskId: local.id, step };
    local.timer = this.#kernel.schedule(this.#kernel.now + millis(afterMs), event, { priority: phaseOf(this.#kernel) });
  }

  #disarm(local: LocalTask): void {
    if (local.timer !== undefined) this.#kernel.cancel(local.timer);
    local.timer = undefined;
  }

  #forget(local: LocalTask): void {
    this.#disarm(local);
    this.#tasks.delete(local.id);
  }
}

interface ReportStep extends Step {
  readonly report: Report;
}
