/** A thread that rehearses until nothing is left. What fails here fails in the main thread again, which says so. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { runNumber } from './run-many.ts';
import { type Done, take, type WorkerData } from './worker-protocol.ts';

const { port, ...data } = workerData as WorkerData & { readonly port: MessagePort };

for (let number = take(data); number !== undefined; number = take(data)) {
  try {
    port.postMessage({ number, run: runNumber(data.plan, number) } satisfies Done);
  } catch {}
}
