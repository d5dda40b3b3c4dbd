/** Rehearsals on several threads of Node. The result is the same for any number of them. */
import type { MessagePort, Worker } from 'node:worker_threads';
import type { Run } from './rehearsal.ts';
import type { DeployedStack, Release } from './release.ts';
import { countOf, type Plan, type RunAll, runHere, runNumber } from './run-many.ts';
import { type Done, take, type WorkerData } from './worker-protocol.ts';

/** A thread takes longer to come up than so many rehearsals take. */
const WORTH_A_THREAD = 20;

/**
 * Does rehearsals on `threads` threads, this one among them: each takes the next one that nobody has taken. What the
 * others have taken and not finished when all are taken this thread does once more, so nothing ever waits for a thread, or
 * hangs with it; and an error is thrown by the first rehearsal that has one. Where there are no threads (in a browser, in
 * Node before 20.16), and for a few rehearsals, this thread does all.
 */
export function onWorkers(threads: number): RunAll {
  return (plan, progress) => {
    const total = countOf(plan);
    const others = Math.min(threads - 1, Math.floor(total / WORTH_A_THREAD));
    const node = others < 1 ? undefined : nodeThreads();
    const script = workerScript();
    if (!node || !script) return runHere(plan, progress);
    const data: WorkerData = {
      plan: portable(plan),
      total,
      taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
    };
    const runs = new Map<number, Run>();
    const threadsRunning = Array.from({ length: others }, () => startThread(node, script, data));
    const collect = () => {
      for (const { port } of threadsRunning) {
        for (let got = node.receiveMessageOnPort(port); got; got = node.receiveMessageOnPort(port)) {
          const { number, run } = got.message as Done;
          runs.set(number, run);
        }
      }
      progress?.(runs.size, total);
    };
    try {
      for (let number = take(data); number !== undefined; number = take(data)) {
        runs.set(number, runNumber(plan, number));
        collect();
      }
    } catch {
      // It is thrown again below, unless an earlier one throws.
    } finally {
      collect();
      for (const { worker, port } of threadsRunning) stopThread(worker, port);
    }
    const all = Array.from({ length: total }, (_, number) => runs.get(number) ?? runNumber(plan, number));
    progress?.(total, total);
    return all;
  };
}

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
}

/** Not imported: what imports this file also runs where Node does not. */
function nodeThreads(): typeof import('node:worker_threads') | undefined {
  return globalThis.process?.getBuiltinModule?.('node:worker_threads');
}

function startThread(node: typeof import('node:worker_threads'), script: URL, data: WorkerData): Thread {
  const { port1, port2 } = new node.MessageChannel();
  const worker = new node.Worker(script, { workerData: { ...data, port: port2 }, transferList: [port2] });
  // A thread that cannot start leaves its work to this one.
  worker.on('error', () => {});
  worker.unref();
  return { worker, port: port1 };
}

function stopThread(worker: Worker, port: MessagePort): void {
  port.close();
  void worker.terminate();
}

/** Beside this file, in the sources as in the package. */
export function workerScript(): URL | undefined {
  const here: string | undefined = import.meta.url;
  if (!here) return undefined;
  return new URL(here.endsWith('.ts') ? './worker-main.ts' : './evaluate-worker.js', here);
}

/** A plan that can be sent to another thread: without what is only there to find places in files. */
export function portable(plan: Plan): Plan {
  return {
    ...plan,
    variants: plan.variants.map(({ label, release }) => ({ label, release: portableRelease(release) })),
  };
}

function portableRelease({ from, to }: Release): Release {
  return { from: portableStack(from), to: portableStack(to) };
}

function portableStack({ services, config: { networks } }: DeployedStack): DeployedStack {
  return { services, config: { ...(networks && { networks }) } };
}
