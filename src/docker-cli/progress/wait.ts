import type { CommandContext } from '../command.ts';
import { activeNodes, listTasks } from '../engine/objects.ts';
import type { Service } from '../engine/service-types.ts';
import { inspectService } from '../engine/services.ts';
import { CommandFailure } from '../failure.ts';
import { pollUntil } from '../waiting.ts';
import { createDisplay, type ProgressDisplay, QUIET_DISPLAY } from './display.ts';
import type { ProgressUpdater } from './observation.ts';
import { createUpdater } from './updater.ts';

const POLL_MS = 200;
const NANOS_PER_MS = 1e6;
const DEFAULT_MONITOR_MS = 5000;

/**
 * Polls a service until it has converged and stayed so for its monitor period, and shows how it goes
 * (docker/cli cli/command/service/progress/progress.go). `reference` is what the user typed.
 */
export function waitOnService(context: CommandContext, reference: string, options = { quiet: false }): void {
  const display = options.quiet ? QUIET_DISPLAY : createDisplay(context.output);
  const wait = new ServiceWait(context, reference, display);
  if (!pollUntil(context, POLL_MS, () => wait.poll())) wait.interrupt();
}

class ServiceWait {
  readonly #context: CommandContext;
  readonly #reference: string;
  readonly #display: ProgressDisplay;
  #updater: ProgressUpdater | undefined;
  #monitorMs = DEFAULT_MONITOR_MS;
  #converged = false;
  #convergedAt: number | undefined;
  #isRollback = false;
  /** What to say at the end, if the rollback was over before convergence was seen. */
  #rollbackMessage: string | undefined;

  constructor(context: CommandContext, reference: string, display: ProgressDisplay) {
    this.#context = context;
    this.#reference = reference;
    this.#display = display;
  }

  /** One look at the service; true when there is nothing more to wait for. */
  poll(): boolean {
    const { client } = this.#context;
    const service = inspectService(client, this.#reference);
    const monitor = service.Spec.UpdateConfig?.Monitor ?? 0;
    if (monitor !== 0) this.#monitorMs = monitor / NANOS_PER_MS;
    this.#updater ??= createUpdater(service, this.#display);
    if (this.#followStatus(service)) return true;
    if (this.#converged && this.#stableMs() >= this.#monitorMs) {
      this.#finish();
      return true;
    }
    const tasks = listTasks(client, { '_up-to-date': ['true'], service: [service.ID] });
    const observation = { service, tasks, activeNodes: activeNodes(client), isRollback: this.#isRollback };
    this.#converged = this.#updater.update(observation);
    if (!this.#converged) {
      if (this.#convergedAt !== undefined) this.#verify('Detected task failure');
      this.#convergedAt = undefined;
      return false;
    }
    // A job stays done once it is done.
    if (service.JobStatus) {
      this.#display.message('job complete');
      return true;
    }
    this.#convergedAt ??= this.#context.now();
    // The real client always measures a little more than nothing, so a whole number of seconds counts as begun.
    const seconds = Math.ceil((this.#monitorMs - this.#stableMs()) / 1000);
    if (seconds > 0) this.#verify(`Waiting ${seconds} seconds to verify that tasks are stable...`);
    return false;
  }

  /** Ctrl-C ends the waiting, not what is waited for. */
  interrupt(): void {
    if (this.#converged) return;
    this.#display.message('Operation continuing in background.');
    this.#display.message(`Use \`docker service ps ${this.#reference}\` to check progress.`);
  }

  /** Reacts to the state of the update; true where it was complete before anything could be watched. */
  #followStatus({ UpdateStatus }: Service): boolean {
    switch (UpdateStatus?.State) {
      case 'updating':
        this.#isRollback = false;
        break;
      case 'completed':
        return !this.#converged;
      case 'paused':
        throw new CommandFailure(`service update paused: ${UpdateStatus.Message}`);
      case 'rollback_started':
        if (!this.#isRollback && UpdateStatus.Message !== '') {
          this.#display.update({ id: 'rollback', action: UpdateStatus.Message });
        }
        this.#isRollback = true;
        break;
      case 'rollback_paused':
        throw new CommandFailure(`service rollback paused: ${UpdateStatus.Message}`);
      case 'rollback_completed':
        if (!this.#converged) this.#rollbackMessage = UpdateStatus.Message;
        this.#isRollback = true;
        break;
    }
    return false;
  }

  #stableMs(): number {
    return this.#convergedAt === undefined ? 0 : this.#context.now() - this.#convergedAt;
  }

  #finish(): void {
    this.#verify(`Service ${this.#reference} converged`);
    if (this.#rollbackMessage === undefined) return;
    // Without a text it is a row like any other.
    if (this.#rollbackMessage === '') this.#display.update({ id: 'rollback', action: '' });
    else this.#display.message(this.#rollbackMessage, 'rollback');
  }

  #verify(action: string): void {
    this.#display.update({ id: 'verify', action });
  }
}
