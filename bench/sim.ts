/**
 * What the kernel costs: `npx tsx bench/sim.ts`.
 *
 * One program for all: `pending` timers, each of which rings and is set again, with delays such as a cluster has.
 */
import { type QueuedEvent, Simulator } from '../src/sim/index.ts';
import { BareQueue } from './bare-queue.ts';
import { goals, note, type Rival, race } from './harness.ts';
import { loadSimjs } from './simjs.ts';

const EVENTS = 300_000;
const DELAYS = [1, 2, 3, 10, 100, 1000, 1000, 5000].map((milliseconds) => milliseconds * 1000);

interface Ring extends QueuedEvent {
  readonly timer: number;
}

const simjs = await loadSimjs();

for (const pending of [100, 10_000]) {
  const { cost, ratio } = race([bareQueue(pending), simulator(pending), simjsTimers(pending)]);
  for (const name of ['bare queue', 'simulator', 'simjs']) note(`${name}, ${pending} pending, per event`, cost(name));
  goals.atMost(`G1 simulator over the bare queue, ${pending} pending`, ratio('simulator', 'bare queue'), {
    gate: 2,
    aim: 1.5,
  });
  goals.atLeast(`G2 simjs over the simulator, ${pending} pending`, ratio('simjs', 'simulator'), {
    gate: 1.5,
    aim: pending === 10_000 ? 3 : 1.5,
  });
}
note('checkpoint and restore of 100 pending events', race([checkpoint(100)]).cost('checkpoint'));

function simulator(pending: number): Rival {
  const prepare = () => {
    const delay = delays();
    const subject: Simulator<Ring> = new Simulator<Ring>({
      dispatch: ({ timer }) => subject.schedule(subject.now + delay(), { kind: 'ring', timer }),
    });
    for (let timer = 0; timer < pending; timer += 1) subject.schedule(delay(), { kind: 'ring', timer });
    return () => {
      let handled = 0;
      subject.run({ while: () => handled++ < EVENTS });
    };
  };
  return { name: 'simulator', operations: EVENTS, prepare };
}

function bareQueue(pending: number): Rival {
  const prepare = () => {
    const delay = delays();
    const queue = new BareQueue<Ring>(pending);
    for (let timer = 0; timer < pending; timer += 1) queue.push(delay(), { kind: 'ring', timer });
    return () => {
      for (let count = 0; count < EVENTS; count += 1) {
        const now = queue.nextAt;
        queue.push(now + delay(), queue.pop());
      }
    };
  };
  return { name: 'bare queue', operations: EVENTS, prepare };
}

function simjsTimers(pending: number): Rival {
  const prepare = () => {
    const delay = delays();
    const subject = new simjs.Sim();
    class Timer extends simjs.Entity {
      start(): void {
        this.setTimer(delay()).done(this.start);
      }
    }
    for (let timer = 0; timer < pending; timer += 1) subject.addEntity(Timer, `timer ${timer}`);
    return () => subject.simulate(Number.POSITIVE_INFINITY, EVENTS);
  };
  return { name: 'simjs', operations: EVENTS, prepare };
}

function checkpoint(pending: number): Rival {
  const times = 1000;
  const prepare = () => {
    const subject = new Simulator<Ring>({ dispatch: () => {} });
    for (let timer = 0; timer < pending; timer += 1) subject.schedule(timer, { kind: 'ring', timer });
    return () => {
      for (let count = 0; count < times; count += 1) subject.restore(subject.checkpoint());
    };
  };
  return { name: 'checkpoint', operations: times, prepare };
}

/** The same delays for every rival. */
function delays(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return DELAYS[state >>> 29]!;
  };
}
