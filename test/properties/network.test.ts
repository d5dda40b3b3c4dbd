import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unreachable } from '../../src/base/index.ts';
import { Network, type Rule, type RuleId, type Traffic, type Verdict } from '../../src/network/index.ts';
import type { Distribution } from '../../src/sim/index.ts';

const MACHINES = ['m1', 'm2', 'm3', 'w1', 'w2'];
const SITES = { eu: ['m1', 'm2', 'w1'], us: ['m3'] };
const ORDERED = ['latency', 'delay', 'partition', 'hold', 'loss'] as const;

const machine = fc.constantFrom(...MACHINES);
const spans: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), value: fc.nat(5000) }),
  fc.nat(5000).map((max) => ({ kind: 'uniform' as const, min: 0, max })),
  fc.nat(5000).map((mean) => ({ kind: 'exponential' as const, mean })),
);
const ends = fc.uniqueArray(fc.oneof(machine, fc.constantFrom({ site: 'eu' }, { site: 'us' })), {
  minLength: 1,
  maxLength: 3,
});
const traffic: fc.Arbitrary<Traffic> = fc.record(
  { from: ends, to: ends, oneWay: fc.boolean(), channel: fc.constantFrom('', 'raft') },
  { requiredKeys: [] },
);

function ruleOf(kind: Rule['kind'], where: Traffic, ratio: number, by: Distribution): Rule {
  switch (kind) {
    case 'latency':
      return { kind, ...where, latency: by };
    case 'delay':
      return { kind, ...where, by };
    case 'partition':
    case 'hold':
      return { kind, ...where };
    case 'loss':
      return { kind, ...where, ratio };
    case 'duplicate':
      return { kind, ...where, ratio, after: by };
    case 'reorder':
      return { kind, ...where, ratio, by };
    default:
      return unreachable(kind);
  }
}

const ruleOfKinds = (kinds: readonly Rule['kind'][]) =>
  fc
    .tuple(fc.constantFrom(...kinds), traffic, fc.double({ min: 0, max: 1, noNaN: true }), spans)
    .map((parts) => ruleOf(...parts));

type Step =
  | {
      readonly kind: 'send';
      readonly from: string;
      readonly to: string;
      readonly channel: string;
      readonly wait: number;
    }
  | { readonly kind: 'install'; readonly rule: Rule }
  | { readonly kind: 'uninstall'; readonly nth: number }
  | { readonly kind: 'partition'; readonly group: readonly string[] }
  | { readonly kind: 'heal' | 'release' }
  | { readonly kind: 'skip'; readonly from: string; readonly to: string; readonly count: number };

const stepOfRules = (kinds: readonly Rule['kind'][]): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        kind: fc.constant('send' as const),
        from: machine,
        to: machine,
        channel: fc.constantFrom('', 'raft'),
        wait: fc.nat(3000),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('install' as const), rule: ruleOfKinds(kinds) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('uninstall' as const), nth: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('partition' as const), group: fc.subarray(MACHINES) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('heal' as const, 'release' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('skip' as const), from: machine, to: machine, count: fc.nat(9) }),
    },
  );

/** What was sent and what became of it. Payloads number the messages. */
interface Outcome {
  readonly payload: number;
  readonly lane: string;
  readonly verdict: Verdict;
}

/** A network that is led through a history, with all that it said. */
class History {
  readonly network: Network<number>;
  readonly outcomes: Outcome[] = [];
  now = 0;
  #sent = 0;
  #ids: RuleId[] = [];

  constructor(seed: number) {
    this.network = new Network<number>({ seed, sites: SITES, latency: { kind: 'uniform', min: 100, max: 900 } });
  }

  play(steps: readonly Step[]): this {
    for (const step of steps) this.#do(step);
    return this;
  }

  /** Goes on from where another history is, on this network. */
  continueFrom(other: History): this {
    this.network.restore(JSON.parse(JSON.stringify(other.network.checkpoint())));
    this.now = other.now;
    this.#sent = other.#sent;
    this.#ids = [...other.#ids];
    return this;
  }

  #do(step: Step): void {
    const { network } = this;
    switch (step.kind) {
      case 'send': {
        this.now += step.wait;
        const { from, to, channel } = step;
        const payload = this.#sent++;
        const message = { from, to, channel, at: this.now, payload };
        this.outcomes.push({ payload, lane: `${from}/${to}/${channel}`, verdict: network.route(message) });
        return;
      }
      case 'install':
        this.#ids.push(network.install(step.rule));
        return;
      case 'uninstall':
        return this.#release(network.uninstall(this.#ids.splice(step.nth, 1)[0] ?? 'none', this.now));
      case 'partition':
        this.#ids.push(...network.partition([step.group]));
        return;
      case 'heal':
        return network.heal();
      case 'release':
        return this.#release(network.release(this.now));
      case 'skip':
        return network.skip(step.from, step.to, step.count);
      default:
        unreachable(step);
    }
  }

  #release(released: ReturnType<Network<number>['release']>): void {
    for (const { message, verdict } of released) {
      const { from, to, channel = '', payload } = message;
      this.outcomes.push({ payload, lane: `${from}/${to}/${channel}`, verdict });
    }
  }
}

describe('any history', () => {
  const anyStep = stepOfRules([...ORDERED, 'duplicate', 'reorder']);

  it('delivers each lane in order unless a rule reorders it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(stepOfRules(ORDERED), { maxLength: 60 }), (seed, steps) => {
        const last = new Map<string, { payload: number; at: number }>();
        for (const { lane, payload, verdict } of new History(seed).play(steps).outcomes) {
          if (!('deliveries' in verdict)) continue;
          const at = verdict.deliveries[0]!;
          const before = last.get(lane);
          if (before) {
            expect(payload).toBeGreaterThan(before.payload);
            expect(at).toBeGreaterThanOrEqual(before.at);
          }
          last.set(lane, { payload, at });
        }
      }),
    );
  });

  it('gives each message one fate at most, never in the past', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(anyStep, { maxLength: 60 }), (seed, steps) => {
        const history = new History(seed).play(steps);
        const waiting = new Set<number>();
        const over = new Set<number>();
        for (const { payload, verdict } of history.outcomes) {
          expect(over.has(payload)).toBe(false);
          if ('held' in verdict) waiting.add(payload);
          else {
            waiting.delete(payload);
            over.add(payload);
          }
          if ('deliveries' in verdict) {
            expect(verdict.deliveries.length).toBeGreaterThan(0);
            expect(verdict.deliveries.every(Number.isSafeInteger)).toBe(true);
          }
        }
        const held = history.network.checkpoint().held.map(({ message }) => message.payload);
        expect(new Set(held)).toEqual(waiting);
        expect(history.network.describe().rules.reduce((sum, { holding }) => sum + holding, 0)).toBe(waiting.size);
      }),
    );
  });

  it('goes on after a restore as it goes on without', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(anyStep, { maxLength: 40 }),
        fc.array(anyStep, { maxLength: 40 }),
        (seed, before, after) => {
          const straight = new History(seed).play(before);
          const forked = new History(seed + 1).play(after).continueFrom(straight);
          const known = straight.outcomes.length;
          const forkKnown = forked.outcomes.length;
          straight.play(after);
          forked.play(after);

          expect(forked.outcomes.slice(forkKnown)).toEqual(straight.outcomes.slice(known));
          expect(forked.network.checkpoint()).toEqual(straight.network.checkpoint());
        },
      ),
    );
  });

  it('is left alone by what happens on a network that was forked from it', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(anyStep, { maxLength: 40 }),
        fc.array(anyStep, { maxLength: 40 }),
        (seed, before, after) => {
          const history = new History(seed).play(before);
          const checkpoint = history.network.checkpoint();
          const text = JSON.stringify(checkpoint);
          const fork = new History(seed);
          fork.network.restore(checkpoint);
          fork.play(after);

          expect(JSON.stringify(checkpoint)).toBe(text);
          expect(JSON.stringify(history.network.checkpoint())).toBe(text);
        },
      ),
    );
  });

  it('lets exactly those pairs talk that are connected', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(stepOfRules(['latency', 'partition', 'hold']), { maxLength: 30 }),
        machine,
        machine,
        (seed, steps, from, to) => {
          const { network, now } = new History(seed).play(steps);
          const isConnected = network.isConnected(from, to);

          expect('deliveries' in network.route({ from, to, at: now, payload: -1 })).toBe(isConnected);
        },
      ),
    );
  });
});

describe('chance', () => {
  it('does not depend on which link is used first', () => {
    const sends = fc.array(fc.tuple(machine, machine), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(ruleOfKinds([...ORDERED, 'duplicate', 'reorder']), { maxLength: 4 }),
        sends,
        (seed, rules, pairs) => {
          const latency: Distribution = { kind: 'exponential', mean: 700 };
          const byLink = (ordered: readonly (readonly [string, string])[]) => {
            const network = new Network<null>({ seed, latency, sites: SITES, rules });
            const verdicts: Record<string, Verdict[]> = {};
            for (const [from, to] of ordered) {
              verdicts[`${from}/${to}`] ??= [];
              verdicts[`${from}/${to}`]!.push(network.route({ from, to, at: 0, payload: null }));
            }
            return { verdicts, lanes: network.describe().lanes };
          };

          expect(byLink([...pairs].reverse())).toEqual(byLink(pairs));
        },
      ),
    );
  });

  it('loses and doubles the share that was asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('loss' as const, 'duplicate' as const),
        (seed, ratio, kind) => {
          const network = new Network<null>({ seed, rules: [{ kind, ratio }] });
          let hits = 0;
          for (let k = 0; k < 2000; k += 1) {
            const verdict = network.route({ from: 'm1', to: 'm2', at: k, payload: null });
            if ('dropped' in verdict || ('deliveries' in verdict && verdict.deliveries.length === 2)) hits += 1;
          }
          // Six standard deviations at the most: one false alarm in some 10^8 runs.
          expect(Math.abs(hits - 2000 * ratio)).toBeLessThan(6 * Math.sqrt(2000 * 0.25));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('partitions', () => {
  it('are symmetric unless they are one-way', () => {
    fc.assert(
      fc.property(traffic, machine, machine, (where, a, b) => {
        fc.pre(a !== b);
        const network = new Network<null>({
          seed: 1,
          sites: SITES,
          rules: [{ kind: 'partition', ...where, oneWay: false }],
        });
        const oneWay = new Network<null>({
          seed: 1,
          sites: SITES,
          rules: [{ kind: 'partition', ...where, oneWay: true }],
        });

        expect(network.isConnected(a, b)).toBe(network.isConnected(b, a));
        expect(network.isConnected(a, b)).toBe(oneWay.isConnected(a, b) && oneWay.isConnected(b, a));
      }),
    );
  });

  it('leave nothing behind when they are healed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.subarray(MACHINES), { maxLength: 3 }), (seed, groups) => {
        const network = new Network<null>({ seed, latency: { kind: 'uniform', min: 0, max: 500 } });
        const untouched = new Network<null>({ seed, latency: { kind: 'uniform', min: 0, max: 500 } });
        const all = MACHINES.flatMap((from) => MACHINES.map((to) => ({ from, to, at: 0, payload: null })));
        for (const group of groups) network.partition([group]);
        network.heal();

        expect(all.map((message) => network.route(message))).toEqual(all.map((message) => untouched.route(message)));
      }),
    );
  });
});
