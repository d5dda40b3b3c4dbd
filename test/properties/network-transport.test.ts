import fc from 'fast-check';
import { expect, it } from 'vitest';
import { millis } from '../../src/base/index.ts';
import { Network, type TransportOutput, TransportPeer } from '../../src/network/index.ts';
import { Simulator } from '../../src/sim/index.ts';

type Step =
  | { readonly kind: 'enqueue'; readonly isSnapshot: boolean }
  /** Something is said of the exchange, or the dial, that began `back` ones ago. */
  | { readonly kind: 'acknowledged' | 'failed' | 'refused' | 'dialled' | 'dialFailed'; readonly back: number }
  | { readonly kind: 'stop' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('enqueue' as const), isSnapshot: fc.boolean() }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'acknowledged' as const,
        'failed' as const,
        'refused' as const,
        'dialled' as const,
        'dialFailed' as const,
      ),
      back: fc.constantFrom(0, 0, 0, 1, 2),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'stop' as const }) },
);
const steps = fc.array(step, { maxLength: 60 });

/** Leads a peer through steps, a millisecond apart, and keeps what it said. */
class Script {
  readonly peer: TransportPeer<number>;
  readonly outputs: TransportOutput<number>[] = [];
  /** Messages that were taken before the peer was stopped. */
  accepted = 0;
  isStopped = false;
  #at = 0;
  #exchange = 0;
  #dial = 0;

  constructor(seed: number) {
    this.peer = new TransportPeer<number>({ seed, from: 'm1', to: 'm2' });
    this.#note(this.peer.start(0));
  }

  play(script: readonly Step[]): this {
    for (const step of script) this.#do(step);
    return this;
  }

  continueFrom(other: Script): this {
    this.peer.restore(JSON.parse(JSON.stringify(other.peer.checkpoint())));
    this.#at = other.#at;
    this.#exchange = other.#exchange;
    this.#dial = other.#dial;
    this.accepted = other.accepted;
    this.isStopped = other.isStopped;
    this.outputs.length = 0;
    return this;
  }

  #do(step: Step): void {
    const { peer } = this;
    this.#at += millis(1);
    switch (step.kind) {
      case 'enqueue':
        this.#note(peer.enqueue({ payload: this.accepted, isSnapshot: step.isSnapshot }, this.#at));
        if (!this.isStopped) this.accepted += 1;
        return;
      case 'stop':
        this.isStopped = true;
        return this.#note(peer.stop(this.#at));
      case 'dialled':
        return peer.dialled(this.#dial - step.back);
      case 'dialFailed':
        return this.#note(peer.dialFailed(this.#dial - step.back, this.#at));
      default:
        return this.#note(peer[step.kind](this.#exchange - step.back, this.#at));
    }
  }

  #note(outputs: readonly TransportOutput<number>[]): void {
    for (const output of outputs) {
      this.outputs.push(output);
      if (output.kind === 'check' || output.kind === 'send') this.#exchange = output.exchange;
      if (output.kind === 'dial') this.#dial = output.exchange;
    }
  }
}

it('sends in order and each message once, whatever is said of the exchanges', () => {
  fc.assert(
    fc.property(fc.nat(), steps, (seed, script) => {
      const sent = new Script(seed)
        .play(script)
        .outputs.flatMap((output) => (output.kind === 'send' ? [output.payload] : []));

      expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
    }),
  );
});

it('sends, fails or still holds each message, and loses none unless it is stopped', () => {
  fc.assert(
    fc.property(fc.nat(), steps, (seed, script) => {
      const { peer, outputs, accepted, isStopped } = new Script(seed).play(script);
      const count = (kind: TransportOutput<number>['kind']) => outputs.filter((output) => output.kind === kind).length;
      const { queue, exchange } = peer.checkpoint();
      const isSending = exchange?.outgoing !== undefined;

      fc.pre(!isStopped);
      // Of the messages that are neither waiting nor under way, those that failed were reported, once each.
      const over = accepted - queue.length - (isSending ? 1 : 0);
      expect(count('unreachable')).toBeLessThanOrEqual(over);
      expect(count('send')).toBeLessThanOrEqual(over + (isSending ? 1 : 0));
      expect(count('send') + count('unreachable')).toBeGreaterThanOrEqual(over);
      if (queue.length > 0) expect(exchange).toBeDefined();
    }),
  );
});

it('goes on after a restore as it goes on without', () => {
  fc.assert(
    fc.property(fc.nat(), steps, steps, (seed, before, after) => {
      const straight = new Script(seed).play(before);
      const forked = new Script(seed).play(after).continueFrom(straight);
      const known = straight.outputs.length;
      straight.play(after);
      forked.play(after);

      expect(forked.outputs).toEqual(straight.outputs.slice(known));
      expect(forked.peer.checkpoint()).toEqual(straight.peer.checkpoint());
    }),
  );
});

type WireEvent =
  | { readonly kind: 'arrive'; readonly exchange: number; readonly payload: number | undefined }
  | { readonly kind: 'answer'; readonly exchange: number }
  | { readonly kind: 'limit'; readonly exchange: number };

it('carries one message per round trip over a network, and takes each for lost where that exceeds the limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1500 }), fc.integer({ min: 1, max: 12 }), (oneWayMillis, messages) => {
      const oneWay = millis(oneWayMillis);
      const network = new Network<number | undefined>({ seed: 1, latency: { kind: 'fixed', value: oneWay } });
      const peer = new TransportPeer<number>({ seed: 1, from: 'm1', to: 'm2' });
      const arrivals: { readonly payload: number; readonly at: number }[] = [];
      let unreachable = 0;
      let wasActive = false;

      const send = (from: string, to: string, event: WireEvent) => {
        const verdict = network.route({ from, to, at: wire.now, payload: undefined });
        if ('deliveries' in verdict) for (const at of verdict.deliveries) wire.schedule(at, event);
      };
      const perform = (outputs: readonly TransportOutput<number>[]) => {
        for (const output of outputs) {
          if (output.kind === 'unreachable') unreachable += 1;
          if (output.kind !== 'check' && output.kind !== 'send') continue;
          const { exchange, deadline } = output;
          // The limit is queued first: an answer that comes in the same instant comes too late.
          wire.schedule(deadline, { kind: 'limit', exchange });
          send('m1', 'm2', { kind: 'arrive', exchange, payload: output.kind === 'send' ? output.payload : undefined });
        }
      };
      const wire: Simulator<WireEvent> = new Simulator<WireEvent>({
        dispatch(event) {
          const { exchange } = event;
          if (event.kind === 'arrive') {
            if (event.payload !== undefined) arrivals.push({ payload: event.payload, at: wire.now });
            send('m2', 'm1', { kind: 'answer', exchange });
          } else
            perform(event.kind === 'answer' ? peer.acknowledged(exchange, wire.now) : peer.failed(exchange, wire.now));
          wasActive ||= peer.activeSince !== undefined;
        },
      });
      perform(peer.start(0));
      for (let payload = 0; payload < messages; payload += 1) peer.enqueue({ payload, isSnapshot: false }, 0);
      wire.run();

      const roundTrip = 2 * oneWay;
      const isInTime = roundTrip < millis(2000);
      const pace = isInTime ? roundTrip : millis(2000);
      expect(arrivals).toEqual(
        Array.from({ length: messages }, (_, payload) => ({ payload, at: (payload + 1) * pace + oneWay })),
      );
      expect(unreachable).toBe(isInTime ? 0 : messages);
      expect(wasActive).toBe(isInTime);
    }),
  );
});
