import type { Service } from '../engine/service-types.ts';
import { type Task, task as taskType } from '../engine/task-types.ts';
import { zeroOf } from '../go/type.ts';
import type { ProgressDisplay } from './display.ts';
import type { Observation, ProgressUpdater } from './observation.ts';
import { COMPLETE, hasKnownStates, JOB_STEPS, MOST_ROWS, rank, writeTask } from './rows.ts';

export class ReplicatedJobUpdater implements ProgressUpdater {
  readonly #display: ProgressDisplay;
  readonly #iteration: number;
  readonly #concurrent: number;
  readonly #total: number;
  #started = false;

  constructor(display: ProgressDisplay, service: Service) {
    const job = service.Spec.Mode.ReplicatedJob!;
    this.#display = display;
    this.#iteration = service.JobStatus?.JobIteration.Index ?? 0;
    this.#concurrent = job.MaxConcurrent ?? 0;
    this.#total = job.TotalCompletions ?? 0;
  }

  update({ tasks }: Observation): boolean {
    if (!this.#started) this.#start();
    const current = this.#taskOfEachSlot(tasks);
    if (this.#total <= MOST_ROWS) {
      for (const task of current) writeTask(this.#display, `${task.Slot + 1}/${this.#total}`, task, JOB_STEPS);
    }
    const active = current.filter((task) => rank(task.Status.State) < COMPLETE).length;
    const complete = current.filter((task) => task.Status.State === 'complete').length;
    this.#writeOverall(active, complete);
    return complete === this.#total;
  }

  #start(): void {
    this.#started = true;
    this.#writeOverall(0, 0);
    if (this.#total > MOST_ROWS) return;
    for (let row = 1; row <= this.#total; row += 1) this.#display.update({ id: `${row}/${this.#total}`, action: ' ' });
  }

  /**
   * Docker reads as many slots as it knows tasks, counting from 0: where a slot is missing in between, an empty task
   * stands for it and later ones are not seen yet.
   */
  #taskOfEachSlot(tasks: readonly Task[]): Task[] {
    const bySlot = new Map<number, Task>();
    for (const task of tasks) {
      if (task.JobIteration?.Index !== this.#iteration || !hasKnownStates(task)) continue;
      const existing = bySlot.get(task.Slot);
      if (!existing || rank(existing.Status.State) > rank(task.Status.State)) bySlot.set(task.Slot, task);
    }
    return Array.from({ length: bySlot.size }, (_, slot) => bySlot.get(slot) ?? zeroOf(taskType));
  }

  #writeOverall(active: number, complete: number): void {
    this.#display.update({
      id: 'job progress',
      action: `${pad(complete, this.#total)} out of ${this.#total} complete`,
      bar: { current: complete, total: this.#total },
    });
    const wanted = Math.min(this.#total - complete, this.#concurrent);
    this.#display.update({
      id: 'active tasks',
      action: `${pad(active, this.#concurrent)} out of ${pad(wanted, this.#concurrent)} tasks`,
    });
  }
}

function pad(count: number, most: number): string {
  return String(count).padStart(String(most).length);
}
