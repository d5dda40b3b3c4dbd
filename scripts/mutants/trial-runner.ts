import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Trial } from './areas.ts';
import type { Change } from './module-tree.ts';

export interface Request {
  readonly trial: Trial;
  readonly change: Change;
}

/**
 * A change that never ends is given up after so much time of the processor, many times what a trial needs. On a busy
 * machine that says more than the clock does.
 */
const CPU_SECONDS: Readonly<Record<Trial['kind'], number>> = { vectors: 40, units: 60 };

const MEMORY = { maxOldGenerationSizeMb: 2048 };

/** A thread does not inherit that TypeScript is understood. */
const SCRIPT = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('./trial-thread.ts', import.meta.url).href)});
})`;

/** Runs trials in a thread, so that what never ends can be ended. */
export class TrialRunner {
  readonly #root = fileURLToPath(new URL('../../', import.meta.url));
  #thread: Worker | undefined;
  #answer: (passed: boolean | undefined) => void = () => {};

  /** Whether a trial passes with a change. It does not if it finds no end, or takes all memory. */
  async passes(request: Request): Promise<boolean> {
    const thread = this.#thread ?? this.#start();
    const limit = CPU_SECONDS[request.trial.kind] * 1e6;
    // This thread does nothing meanwhile.
    const begin = process.cpuUsage();
    const watch = setInterval(() => {
      if (process.cpuUsage(begin).user > limit) this.#answer(undefined);
    }, 500);
    const passed = await new Promise<boolean | undefined>((resolve) => {
      this.#answer = resolve;
      thread.postMessage(request);
    });
    clearInterval(watch);
    if (passed === undefined) await this.stop();
    return passed ?? false;
  }

  async stop(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = undefined;
  }

  #start(): Worker {
    this.#thread = new Worker(SCRIPT, { eval: true, workerData: this.#root, resourceLimits: MEMORY });
    this.#thread.on('message', (passed: boolean) => this.#answer(passed));
    this.#thread.on('error', () => this.#answer(undefined));
    return this.#thread;
  }
}
