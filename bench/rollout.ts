/**
 * What a whole rollout costs: `npx tsx bench/rollout.ts`.
 *
 * The reference: six replicas are created and then replaced one by one with a pause of 5 s, in five minutes. The floor
 * has as many events as a rollout in which nothing idle is run, on the bare queue, and as many replaced tasks in a trie,
 * and does nothing else.
 */
import { pathToFileURL } from 'node:url';
import type { ServiceHandle, Swarm, SwarmOptions } from '../src/index.ts';
import { newOwner } from '../src/store/owner.ts';
import { type Trie, trieGet, trieSet } from '../src/store/trie.ts';
import { BareQueue } from './bare-queue.ts';
import { withBundle } from './bundle.ts';
import { goals, note, type Rival, race } from './harness.ts';

const FLOOR = { events: 513, writes: 108 } as const;
const AGENTS = 5;
const MANY_AGENTS = 50;

interface Reference extends SwarmOptions {
  readonly managers: number;
  /** Machines in all; managers run tasks, too. */
  readonly agents: number;
}

/** As it is published. */
const { createSwarm } = await withBundle(
  {},
  async (file) => (await import(pathToFileURL(file).href)) as typeof import('../src/index.ts'),
);

for (const managers of [1, 3]) {
  const of = managers === 1 ? '1 manager' : `${managers} managers`;
  const reference = { managers, agents: AGENTS, trace: { kind: 'off' } } as const;
  const names = ['rollout', 'every message', 'full trace', 'few agents', 'many agents'];
  const results = race(
    [
      floor(),
      rollout('rollout', reference),
      rollout('every message', { ...reference, quietTime: 'simulate' }),
      rollout('full trace', { ...reference, trace: { kind: 'full' } }),
      standing('few agents', reference),
      standing('many agents', { ...reference, agents: MANY_AGENTS }),
    ],
    // It is a lot of code, which takes long until it is as fast as it gets.
    { warmUps: 20, rounds: 11 },
  );
  note('floor', results.cost('floor'));
  for (const name of names) {
    const cost = results.cost(name);
    note(`${of}, ${name}, ${(1e9 / cost).toFixed(0)} a second`, cost);
  }
  // 500 and 2,000 runs a second, where the floor takes 0.06 ms.
  goals.atMost(`G9 ${of}, over the floor`, results.ratio('rollout', 'floor'), { gate: 32, aim: 8 });
  // 100 runs a second.
  const everyMessage = results.ratio('every message', 'floor');
  goals.atMost(`G9 ${of}, every message, over the floor`, everyMessage, { gate: 160, aim: 160 });
  // 150 and 600 runs a second.
  goals.atMost(`G10 ${of}, full trace, over the floor`, results.ratio('full trace', 'floor'), { gate: 107, aim: 27 });
  goals.atMost(`G11 ${of}, events`, eventsOf(reference), { gate: 700, aim: FLOOR.events });
  const growth = results.ratio('many agents', 'few agents');
  goals.atMost(`G11 ${of}, ${MANY_AGENTS} agents over ${AGENTS}`, growth, { gate: 1.1, aim: 1.1 });
}

const idle = race([idling('an hour', '1h'), idling('a year', '8760h')]);
goals.atMost('G11 an idle year in ms', idle.cost('a year') / 1e6, { gate: 5, aim: 5 });

/** From nothing to the end. */
function rollout(name: string, reference: Reference): Rival {
  const runs = 10;
  return {
    name,
    operations: runs,
    prepare: () => () => {
      for (let seed = 1; seed <= runs; seed += 1) replaceAll(...deployed({ ...reference, seed }));
    },
  };
}

/** Without what it costs to make the swarm and to let its nodes register. */
function standing(name: string, reference: Reference): Rival {
  const runs = 10;
  return {
    name,
    operations: runs,
    prepare: () => {
      const standing = Array.from({ length: runs }, (_, seed) => deployed({ ...reference, seed }));
      return () => {
        for (const [swarm, service] of standing) replaceAll(swarm, service);
      };
    },
  };
}

function idling(name: string, duration: string): Rival {
  return {
    name,
    operations: 1,
    prepare: () => {
      const [swarm] = deployed({ managers: 1, agents: AGENTS, trace: { kind: 'off' } });
      return () => swarm.run({ for: duration });
    },
  };
}

function deployed({ managers, agents, ...options }: Reference): [Swarm, ServiceHandle] {
  const swarm = createSwarm({ ...options, managers, workers: agents - managers });
  const update = { parallelism: 1, delay: '5s' };
  const web = swarm.services.create({ name: 'web', image: 'web:v1', replicas: 6, update });
  swarm.run({ for: '20s' });
  return [swarm, web];
}

function replaceAll(swarm: Swarm, service: ServiceHandle, run = (): void => swarm.run({ for: '280s' })): void {
  service.update((spec) => {
    spec.image = 'web:v2';
  });
  run();
  if (service.updateStatus?.state !== 'completed') throw new Error('the rollout did not complete');
}

/** But for those of the first 20 s and of the request. */
function eventsOf(reference: Reference): number {
  const [swarm, service] = deployed(reference);
  let events = 0;
  replaceAll(swarm, service, () => {
    const end = swarm.now + 280_000_000;
    swarm.runUntil(() => ++events > 0 && swarm.now >= end, { within: '280s' });
  });
  return events;
}

function floor(): Rival {
  const runs = 100;
  return {
    name: 'floor',
    operations: runs,
    prepare: () => () => {
      for (let run = 0; run < runs; run += 1) if (skeleton() !== FLOOR.writes) throw new Error('too few writes');
    },
  };
}

interface Passing {
  readonly kind: 'passing';
  readonly task: number;
}

/** Some sixteen things are under way at any time. Returns how often a task was replaced. */
function skeleton(): number {
  const queue = new BareQueue<Passing>(16);
  const owner = newOwner();
  let tasks: Trie<{ readonly id: number; readonly status: { readonly state: number; readonly at: number } }> = null;
  for (let id = 0; id < 12; id += 1) tasks = trieSet(tasks, id, { id, status: { state: 0, at: 0 } }, owner);
  for (let task = 0; task < 16; task += 1) queue.push(task, { kind: 'passing', task: task % 12 });
  let written = 0;
  for (let handled = 1; handled <= FLOOR.events; handled += 1) {
    const now = queue.nextAt;
    const { task } = queue.pop();
    if (written < Math.floor((handled * FLOOR.writes) / FLOOR.events)) {
      const before = trieGet(tasks, task)!;
      tasks = trieSet(tasks, task, { ...before, status: { state: before.status.state + 1, at: now } }, owner);
      written += 1;
    }
    queue.push(now + 1 + ((handled * 7919) % 1000), { kind: 'passing', task: handled % 12 });
  }
  return written;
}
