import type { Task } from '../engine/task-types.ts';
import { shortId } from '../ids.ts';
import type { ProgressDisplay } from './display.ts';
import type { Observation, ProgressUpdater } from './observation.ts';
import { hasKnownStates, isRunning, MOST_ROWS, supersedes, writeOverall, writeServiceTask } from './rows.ts';

export class GlobalUpdater implements ProgressUpdater {
  readonly #display: ProgressDisplay;
  #started = false;
  #done = false;

  constructor(display: ProgressDisplay) {
    this.#display = display;
  }

  update({ tasks, activeNodes, isRollback }: Observation): boolean {
    const current = taskOfEachNode(tasks);
    // Which nodes are eligible is known only from the tasks that there are.
    const total = current.length;
    if (!this.#started) {
      if (total === 0) {
        this.#display.update({ id: 'overall progress', action: 'waiting for new tasks' });
        return false;
      }
      this.#started = true;
      writeOverall(this.#display, { running: 0, total, isRollback });
    }
    if (current.some((task) => task.Status.State !== 'running')) this.#done = false;
    const active = current.filter((task) => activeNodes.has(task.NodeID));
    if (!this.#done && total <= MOST_ROWS) {
      for (const task of active) writeServiceTask(this.#display, shortId(task.NodeID), task);
    }
    const running = active.filter(isRunning).length;
    if (!this.#done) {
      writeOverall(this.#display, { running, total, isRollback });
      this.#done = running === total;
    }
    return running === total;
  }
}

/** In the order of the daemon's answer; docker itself goes through them in random order. */
function taskOfEachNode(tasks: readonly Task[]): Task[] {
  const byNode = new Map<string, Task>();
  for (const task of tasks) {
    if (!hasKnownStates(task)) continue;
    const existing = byNode.get(task.NodeID);
    if (!existing || supersedes(task, existing)) byNode.set(task.NodeID, task);
  }
  return [...byNode.values()];
}
