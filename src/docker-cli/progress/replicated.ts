import type { Task } from '../engine/task-types.ts';
import { CommandFailure } from '../failure.ts';
import type { ProgressDisplay } from './display.ts';
import type { Observation, ProgressUpdater } from './observation.ts';
import { hasKnownStates, isRunning, MOST_ROWS, supersedes, writeOverall, writeServiceTask } from './rows.ts';

export class ReplicatedUpdater implements ProgressUpdater {
  readonly #display: ProgressDisplay;
  /** The row of each slot: rows are given in order of appearance. */
  readonly #rows = new Map<number, number>();
  #started = false;
  #done = false;

  constructor(display: ProgressDisplay) {
    this.#display = display;
  }

  update({ service, tasks, activeNodes, isRollback }: Observation): boolean {
    const total = service.Spec.Mode.Replicated?.Replicas ?? null;
    if (total === null) throw new CommandFailure('no replica count');
    if (!this.#started) this.#start(total, isRollback);
    const current = taskOfEachSlot(tasks, activeNodes);
    if (current.some((task) => task.Status.State !== 'running')) this.#done = false;
    for (const task of current) this.#writeTask(task, total);
    const running = current.filter(isRunning).length;
    if (!this.#done) {
      writeOverall(this.#display, { running, total, isRollback });
      this.#done = running === total;
    }
    return running === total;
  }

  #start(total: number, isRollback: boolean): void {
    this.#started = true;
    writeOverall(this.#display, { running: 0, total, isRollback });
    if (total > MOST_ROWS) return;
    for (let row = 1; row <= total; row += 1) this.#display.update({ id: `${row}/${total}`, action: ' ' });
  }

  #writeTask(task: Task, total: number): void {
    const row = this.#rows.get(task.Slot) ?? this.#rows.size + 1;
    this.#rows.set(task.Slot, row);
    if (!this.#done && total <= MOST_ROWS && row <= total) {
      writeServiceTask(this.#display, `${row}/${total}`, task);
    }
  }
}

/** In the order of slots; docker itself goes through them in random order. */
function taskOfEachSlot(tasks: readonly Task[], activeNodes: ReadonlySet<string>): Task[] {
  const bySlot = new Map<number, Task>();
  for (const task of tasks) {
    if (!hasKnownStates(task)) continue;
    const existing = bySlot.get(task.Slot);
    if (existing && !supersedes(task, existing)) continue;
    if (task.NodeID === '' || activeNodes.has(task.NodeID)) bySlot.set(task.Slot, task);
  }
  return [...bySlot.values()].sort((a, b) => a.Slot - b.Slot);
}
