import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type EventId,
  firstDifference,
  HashStream,
  RandomStreams,
  Simulator,
  type SinkOptions,
  Trace,
} from '../../src/sim/index.ts';

type Event = { readonly kind: 'call' | 'echo'; readonly phone: number; readonly left: number };
type Records = { 'phone.answered': { readonly phone: number; readonly left: number; readonly draw: number } };

/** A few phones that call each other at random, hang up on each other, and write all of it down. */
class Exchange {
  readonly random: RandomStreams;
  readonly simulator: Simulator<Event>;
  readonly trace: Trace<Records>;
  #lastEcho: EventId | undefined;

  constructor(seed: number, sink: SinkOptions) {
    this.random = new RandomStreams(seed);
    this.simulator = new Simulator<Event>({ dispatch: (event) => this.#answer(event) });
    this.trace = new Trace<Records>({ clock: this.simulator, sink });
  }

  start(phones: number): void {
    for (let phone = 0; phone < phones; phone += 1) this.simulator.schedule(0, { kind: 'call', phone, left: 12 });
  }

  checkpoint() {
    return {
      simulator: this.simulator.checkpoint(),
      random: this.random.checkpoint(),
      trace: this.trace.checkpoint(),
      lastEcho: this.#lastEcho,
    };
  }

  restore(checkpoint: ReturnType<Exchange['checkpoint']>): void {
    this.simulator.restore(checkpoint.simulator);
    this.random.restore(checkpoint.random);
    this.trace.restore(checkpoint.trace);
    this.#lastEcho = checkpoint.lastEcho;
  }

  #answer({ phone, left }: Event): void {
    const stream = this.random.stream(`phone/${phone}`);
    const { now } = this.simulator;
    this.trace.record('phone.answered', { phone, left, draw: stream.next() }, { by: `phone/${phone}` });
    if (left === 0) return;
    if (this.#lastEcho !== undefined && stream.integer(3) === 0) this.simulator.cancel(this.#lastEcho);
    this.simulator.schedule(now + stream.integer(4), { kind: 'call', phone, left: left - 1 });
    this.#lastEcho = this.simulator.schedule(
      now + stream.integer(9),
      { kind: 'echo', phone, left: 0 },
      { priority: stream.integer(3) },
    );
  }
}

const world = fc.record({ seed: fc.integer(), phones: fc.integer({ min: 1, max: 5 }), steps: fc.nat(60) });

it('running on after a restore is the same as running on without', () => {
  fc.assert(
    fc.property(world, ({ seed, phones, steps }) => {
      const straight = new Exchange(seed, { kind: 'full' });
      straight.start(phones);
      straight.simulator.run();

      const rewound = new Exchange(seed, { kind: 'full' });
      rewound.start(phones);
      for (let count = 0; count < steps; count += 1) rewound.simulator.step();
      const checkpoint = rewound.checkpoint();
      rewound.simulator.run();
      const forked = new Exchange(seed + 1, { kind: 'full' });
      forked.restore(checkpoint);
      forked.simulator.run();
      expect(firstDifference(rewound.trace.records, straight.trace.records)).toBeUndefined();
      rewound.restore(checkpoint);
      rewound.simulator.run();

      for (const other of [rewound, forked]) {
        expect(firstDifference(other.trace.records, straight.trace.records)).toBeUndefined();
        expect(other.random.checkpoint()).toEqual(straight.random.checkpoint());
        expect(other.simulator.now).toBe(straight.simulator.now);
      }
    }),
  );
});

it('equal runs have equal hashes, and another seed has another', () => {
  fc.assert(
    fc.property(world, ({ seed, phones, steps }) => {
      const hashOfRun = (withSeed: number, checkpointAfter?: number) => {
        const exchange = new Exchange(withSeed, { kind: 'hash' });
        exchange.start(phones);
        for (let count = 0; count < (checkpointAfter ?? 0); count += 1) exchange.simulator.step();
        if (checkpointAfter !== undefined) exchange.restore(exchange.checkpoint());
        exchange.simulator.run();
        return exchange.trace.hash;
      };

      expect(hashOfRun(seed)).toBe(hashOfRun(seed, steps));
      expect(hashOfRun(seed)).not.toBe(hashOfRun(seed + 1));
    }),
  );
});

it('a stream gives the same numbers whichever streams were made or drawn from before it', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.integer(), names, fc.infiniteStream(fc.nat(5)), (seed, streams, order) => {
      const alone = streams.map((name) => {
        const stream = new RandomStreams(seed).stream(name);
        return [stream.next(), stream.next(), stream.next()];
      });

      const random = new RandomStreams(seed);
      const drawn = new Map<string, number[]>(streams.map((name) => [name, []]));
      while ([...drawn.values()].some((numbers) => numbers.length < 3)) {
        const name = streams[order.next().value % streams.length]!;
        drawn.get(name)!.push(random.stream(name).next());
        if (order.next().value === 0) random.restore(random.checkpoint());
      }

      expect([...drawn.values()].map((numbers) => numbers.slice(0, 3))).toEqual(alone);
    }),
  );
});

it('a draw of a hash stream lies in [0, 1) and does not depend on the others', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.maxSafeNat(), (seed, name, k) => {
      const hash = new HashStream(seed, name);
      const before = hash.unit(k);
      hash.unit(k === 0 ? 1 : k - 1);

      expect(before).toBeGreaterThanOrEqual(0);
      expect(before).toBeLessThan(1);
      expect(hash.unit(k)).toBe(before);
    }),
  );
});
