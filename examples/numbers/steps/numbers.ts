/** What the steps share: the stack from its files, and lines to look at. */
import { readFileSync } from 'node:fs';
import { type Stack, stackFromCompose } from '../../../src/compose/index.ts';
import {
  describeRecord,
  formatInstant,
  type ServiceHandle,
  type Swarm,
  type SwarmRecord,
  TaskState,
} from '../../../src/index.ts';

/** The stack that `docker stack deploy -c base.yml -c prod.yml ... numbers` would deploy. */
export function numbers(...names: string[]): Stack {
  const files = names.map((name) => ({
    name,
    content: readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'),
  }));
  return stackFromCompose(files, { namespace: 'numbers' });
}

/** What `docker stack services` tells, in a line for each service. */
export function showServices(swarm: Swarm): void {
  for (const { name, image, running, replicas } of swarm.services.all()) {
    const wanted = replicas === 0 ? 'one on each node' : `${replicas} wanted`;
    console.log(`${name}: ${running} running, ${wanted}, ${image}`);
  }
}

/** Runs until the update has ended, and tells which versions of the API ran meanwhile, whenever that changed. */
export function watchApi(swarm: Swarm): void {
  const from = swarm.now;
  const api = swarm.service('numbers_numbers-api');
  let shown = '';
  swarm.runUntil(() => {
    const line = versionsOf(api);
    if (line !== shown) console.log(`${formatInstant(swarm.now - from).padStart(10)}  ${line}`);
    shown = line;
    return api.updateStatus?.completedAt !== undefined;
  });
  console.log(`${formatInstant(swarm.now - from).padStart(10)}  ${api.updateStatus?.message}`);
}

function versionsOf(service: ServiceHandle): string {
  const counts = new Map<string, number>();
  for (const { spec, status } of service.tasks()) {
    const version = spec.container.image.replace(/.*:/, '');
    if (status.state === TaskState.RUNNING) counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return counts.size === 0 ? 'nothing' : [...counts].map(([version, count]) => `${count} x ${version}`).join(' + ');
}

/** What happened to a service since `from`, in a line for each record that `isTold`. */
export function showRecords(swarm: Swarm, from: number, isTold: (record: SwarmRecord) => boolean): void {
  for (const record of swarm.trace.records) {
    if (record.at < from || !isTold(record)) continue;
    console.log(`${formatInstant(record.at - from).padStart(10)}  ${describeRecord(record)}`);
  }
}
