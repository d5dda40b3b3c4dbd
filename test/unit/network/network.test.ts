import { describe, expect, it } from 'vitest';
import { DryswarmError, millis, seconds } from '../../../src/base/index.ts';
import { Network, type NetworkOptions, type Verdict } from '../../../src/network/index.ts';
import type { Distribution } from '../../../src/sim/index.ts';

const fixed = (value: number): Distribution => ({ kind: 'fixed', value });
const between = (min: number, max: number): Distribution => ({ kind: 'uniform', min, max });

/** A network of 10 ms one way, and a way to send on it in few words. */
function world(options: Partial<NetworkOptions> = {}) {
  const network = new Network<string>({ seed: 1, latency: fixed(millis(10)), ...options });
  return {
    network,
    send: (from: string, to: string, at = 0, payload = ''): Verdict => network.route({ from, to, at, payload }),
  };
}

describe('latency', () => {
  it('is none where nothing is said', () => {
    expect(new Network({ seed: 1 }).route({ from: 'm1', to: 'm2', at: 7, payload: '' })).toEqual({ deliveries: [7] });
  });

  it('is counted from the instant of sending', () => {
    expect(world().send('m1', 'm2', seconds(1))).toEqual({ deliveries: [seconds(1) + millis(10)] });
  });

  it('does not concern what a machine sends to itself, and no rule does', () => {
    const { network, send } = world({ rules: [{ kind: 'partition' }] });

    expect(send('m1', 'm1', 5)).toEqual({ deliveries: [5] });
    expect(network.latencyOf('m1', 'm1', 0)).toBe(0);
    expect(network.isConnected('m1', 'm1')).toBe(true);
    expect(network.describe().lanes).toEqual([]);
  });

  it('may differ by pair of sites and by link, and the rule installed last counts', () => {
    const { network } = world({
      sites: { eu: ['m1', 'm2'], us: ['m3'] },
      rules: [
        { kind: 'latency', from: [{ site: 'eu' }], to: [{ site: 'us' }], latency: fixed(millis(45)) },
        { kind: 'latency', from: ['m2'], to: ['m3'], oneWay: true, latency: fixed(millis(80)) },
      ],
    });

    expect(network.latencyOf('m1', 'm2', 0)).toBe(millis(10));
    expect(network.latencyOf('m1', 'm3', 0)).toBe(millis(45));
    expect(network.latencyOf('m2', 'm3', 0)).toBe(millis(80));
    expect(network.latencyOf('m3', 'm2', 0)).toBe(millis(45));
  });

  it('has an upper bound, unless a rule may do more to a message than delay it', () => {
    const { network } = world();
    network.install({ kind: 'delay', from: ['m1'], by: { kind: 'uniform', min: 0, max: millis(3) } });
    expect(network.longestLatency('m1', 'm2')).toBe(millis(13));
    expect(network.longestLatency('m1', 'm1')).toBe(0);

    network.install({ kind: 'loss', from: ['m1'], to: ['m2'], ratio: 0.01 });
    expect(network.longestLatency('m1', 'm2')).toBeUndefined();
    expect(network.longestLatency('m1', 'm3')).toBe(millis(13));
  });

  it('follows a machine that is put into another site', () => {
    const rules = [{ kind: 'latency', from: [{ site: 'us' }], latency: fixed(millis(45)) }] as const;
    const { network } = world({ rules });
    const latency = () => network.latencyOf('m1', 'w9', 0);

    network.place('w9', 'us');
    expect(latency()).toBe(millis(45));

    network.place('w9', undefined);
    expect(latency()).toBe(millis(10));
  });

  it('grows by every delay, and is as before when they are gone', () => {
    const { network } = world();
    const first = network.install({ kind: 'delay', from: ['m1'], by: fixed(millis(3)) });
    const second = network.install({ kind: 'delay', by: fixed(millis(4)) });
    expect(network.latencyOf('m2', 'm1', 0)).toBe(millis(17));

    network.uninstall(first, 0);
    expect(network.latencyOf('m2', 'm1', 0)).toBe(millis(14));

    network.uninstall(second, 0);
    expect(network.latencyOf('m2', 'm1', 0)).toBe(millis(10));
  });

  it('gives the numbers that it always gave', () => {
    const { network } = world({ latency: between(0, millis(10)) });

    expect([0, 1, 2].map((k) => network.latencyOf('m1', 'm2', k))).toMatchInlineSnapshot(`
      [
        5466,
        3273,
        300,
      ]
    `);
  });

  it('keeps the luck of each message when another distribution takes its place', () => {
    const { network } = world({ latency: between(0, 1000) });
    const before = network.latencyOf('m1', 'm2', 5);

    network.install({ kind: 'latency', latency: between(0, 2000) });

    expect(Math.abs(network.latencyOf('m1', 'm2', 5) - 2 * before)).toBeLessThanOrEqual(1);
  });

  it('is that of the message sent, and known before it is sent', () => {
    const { network, send } = world({ latency: between(0, 1000) });
    const known = network.latencyOf('m1', 'm2', 0);

    expect(send('m1', 'm2')).toEqual({ deliveries: [known] });
    expect(network.sentOn('m1', 'm2')).toBe(1);
  });
});

describe('order', () => {
  it('holds on a lane: a fast message waits for the slow one before it', () => {
    const { network, send } = world();
    const slow = network.install({ kind: 'delay', by: fixed(millis(90)) });
    send('m1', 'm2');
    network.uninstall(slow, 0);

    expect(send('m1', 'm2', millis(1))).toEqual({ deliveries: [millis(100)] });
    expect(send('m2', 'm1', millis(1))).toEqual({ deliveries: [millis(11)] });
  });

  it('does not bind two channels of one link', () => {
    const { network } = world();
    network.install({ kind: 'delay', channel: 'bulk', by: fixed(millis(90)) });
    network.route({ from: 'm1', to: 'm2', channel: 'bulk', at: 0, payload: '' });

    expect(network.route({ from: 'm1', to: 'm2', channel: 'raft', at: 0, payload: '' })).toEqual({
      deliveries: [millis(10)],
    });
  });

  it('does not hold for what a rule sets back', () => {
    const { network, send } = world();
    const rule = network.install({ kind: 'reorder', ratio: 1, by: fixed(millis(50)) });
    expect(send('m1', 'm2')).toEqual({ deliveries: [millis(60)] });
    network.uninstall(rule, 0);

    expect(send('m1', 'm2', millis(1))).toEqual({ deliveries: [millis(11)] });
  });
});

describe('rules', () => {
  it('lose all messages, or none, at the ends of a ratio', () => {
    expect(world({ rules: [{ kind: 'loss', ratio: 1 }] }).send('m1', 'm2')).toEqual({ dropped: 'loss-1' });
    expect(world({ rules: [{ kind: 'loss', ratio: 0 }] }).send('m1', 'm2')).toEqual({ deliveries: [millis(10)] });
  });

  it('deliver a second copy, for which nobody waits', () => {
    const { network, send } = world();
    const rule = network.install({ kind: 'duplicate', ratio: 1, after: fixed(millis(70)) });
    expect(send('m1', 'm2')).toEqual({ deliveries: [millis(10), millis(80)] });
    network.uninstall(rule, 0);

    expect(send('m1', 'm2', millis(1))).toEqual({ deliveries: [millis(11)] });
  });

  it('give a copy right behind its original unless told', () => {
    expect(world({ rules: [{ kind: 'duplicate', ratio: 1 }] }).send('m1', 'm2')).toEqual({
      deliveries: [millis(10), millis(10)],
    });
  });

  it('are asked in the order installed, and the first opinion counts', () => {
    const { send } = world({
      rules: [
        { kind: 'duplicate', ratio: 1 },
        { kind: 'loss', ratio: 1 },
      ],
    });

    expect(send('m1', 'm2')).toEqual({ deliveries: [millis(10), millis(10)] });
  });

  it('that cut are asked before all others, so nothing gets through a partition', () => {
    const { network, send } = world({ rules: [{ kind: 'duplicate', ratio: 1 }] });
    network.partition([['m1'], ['m2']]);

    expect(send('m1', 'm2')).toEqual({ dropped: 'partition-1' });
  });

  it('concern what is sent while they are installed, not what is under way', () => {
    const { network, send } = world();
    const verdict = send('m1', 'm2');
    network.partition([['m1'], ['m2']]);

    expect(verdict).toEqual({ deliveries: [millis(10)] });
  });

  it('are refused with a ratio that is none', () => {
    for (const ratio of [-0.1, 1.1, Number.NaN]) {
      for (const kind of ['loss', 'duplicate'] as const) {
        expect(() => world().network.install({ kind, ratio })).toThrow(`a ratio is between 0 and 1, not ${ratio}`);
      }
      expect(() => world().network.install({ kind: 'reorder', ratio, by: fixed(1) })).toThrow(DryswarmError);
    }
  });

  it('are uninstalled twice without harm', () => {
    const { network, send } = world();
    const id = network.install({ kind: 'loss', ratio: 1 });
    network.uninstall(id, 0);

    expect(network.uninstall(id, 0)).toEqual([]);
    expect(send('m1', 'm2')).toEqual({ deliveries: [millis(10)] });
  });

  it('have luck of their own kind: one more partition changes nothing for a lossy link', () => {
    const losses = (partitioned: boolean) => {
      const { network, send } = world();
      if (partitioned) network.uninstall(network.install({ kind: 'partition' }), 0);
      network.install({ kind: 'loss', ratio: 0.5 });
      return Array.from({ length: 40 }, () => 'dropped' in send('m1', 'm2'));
    };

    expect(losses(true)).toEqual(losses(false));
  });

  it('draw anew for each message: how far one is set back says nothing about the next', () => {
    const { send } = world({ latency: fixed(0), rules: [{ kind: 'reorder', ratio: 0.5, by: between(1, 1000) }] });
    const setBacks = Array.from({ length: 4000 }, () => {
      const verdict = send('m1', 'm2');
      return 'deliveries' in verdict ? verdict.deliveries[0]! : 0;
    });
    const afterShortOnes = setBacks.filter((_, k) => k > 0 && setBacks[k - 1]! > 0 && setBacks[k - 1]! < 500);

    expect(afterShortOnes.length).toBeGreaterThan(800);
    expect(Math.abs(afterShortOnes.filter((by) => by > 0).length / afterShortOnes.length - 0.5)).toBeLessThan(0.08);
  });

  it('of one kind have luck of their own each: two losses of a half leave a quarter', () => {
    const { send } = world({
      rules: [
        { kind: 'loss', ratio: 0.5 },
        { kind: 'loss', ratio: 0.5 },
      ],
    });
    let delivered = 0;
    for (let count = 0; count < 4000; count += 1) if ('deliveries' in send('m1', 'm2')) delivered += 1;

    expect(Math.abs(delivered - 1000)).toBeLessThan(120);
  });
});

describe('partition', () => {
  it('cuts the links between groups, and neither those within nor those of bystanders', () => {
    const { network } = world();
    network.partition([['m1', 'm2'], ['m3'], ['m4']]);

    expect(network.isConnected('m1', 'm2')).toBe(true);
    expect(network.isConnected('m1', 'w1')).toBe(true);
    for (const [a, b] of [
      ['m1', 'm3'],
      ['m3', 'm2'],
      ['m3', 'm4'],
      ['m4', 'm1'],
    ] as const) {
      expect(network.isConnected(a, b)).toBe(false);
      expect(network.isConnected(b, a)).toBe(false);
    }
  });

  it('of a single group cuts it off from all others', () => {
    const { network } = world();
    expect(network.partition([['m1', 'm2']])).toEqual(['partition-1']);

    expect(network.isConnected('m1', 'm2')).toBe(true);
    expect(network.isConnected('m1', 'm3')).toBe(false);
    expect(network.isConnected('w1', 'm2')).toBe(false);
    expect(network.isConnected('m3', 'w1')).toBe(true);
  });

  it('may stop one direction, one channel, one site', () => {
    const { network } = world({ sites: { eu: ['m1'] } });
    network.install({ kind: 'partition', from: [{ site: 'eu' }], to: ['m2'], oneWay: true, channel: 'raft' });

    expect(network.isConnected('m1', 'm2', 'raft')).toBe(false);
    expect(network.isConnected('m2', 'm1', 'raft')).toBe(true);
    expect(network.isConnected('m1', 'm2')).toBe(true);
    expect(network.isConnected('m1', 'm3', 'raft')).toBe(true);
  });

  it('is healed without touching other rules', () => {
    const { network, send } = world({ rules: [{ kind: 'loss', ratio: 1 }] });
    network.partition([['m1'], ['m2']]);
    network.heal();

    expect(network.isConnected('m1', 'm2')).toBe(true);
    expect(send('m1', 'm2')).toEqual({ dropped: 'loss-1' });
  });

  it('refuses a machine in two groups, and does nothing for no group', () => {
    expect(() => world().network.partition([['m1', 'm2'], ['m2']])).toThrow('m2 is in two groups');
    expect(world().network.partition([])).toEqual([]);
  });
});

describe('hold', () => {
  it('keeps messages of both directions until they are released in their order', () => {
    const { network, send } = world();
    const id = network.hold('m1', 'm2');
    expect(send('m1', 'm2', 0, 'first')).toEqual({ held: id });
    expect(send('m2', 'm1', 1, 'back')).toEqual({ held: id });
    expect(send('m1', 'm2', 2, 'second')).toEqual({ held: id });
    expect(send('m1', 'm3', 3)).toEqual({ deliveries: [millis(10) + 3] });
    expect(network.isConnected('m1', 'm2')).toBe(false);

    const released = network.release(seconds(1));

    expect(released.map(({ message, verdict }) => [message.payload, verdict])).toEqual([
      ['first', { deliveries: [seconds(1)] }],
      ['back', { deliveries: [seconds(1)] }],
      ['second', { deliveries: [seconds(1)] }],
    ]);
    expect(network.release(seconds(1))).toEqual([]);
  });

  it('does not make messages faster than their link', () => {
    const { network, send } = world();
    network.hold('m1', 'm2');
    send('m1', 'm2');

    expect(network.release(millis(2))[0]!.verdict).toEqual({ deliveries: [millis(10)] });
  });

  it('lets nothing that is sent after the release overtake what was held', () => {
    const { network, send } = world();
    network.hold('m1', 'm2');
    send('m1', 'm2');
    network.install({ kind: 'delay', by: fixed(seconds(5)) });
    network.uninstall('hold-1', millis(2));
    network.uninstall('delay-1', millis(2));

    expect(send('m1', 'm2', millis(3))).toEqual({ deliveries: [seconds(5) + millis(10)] });
  });

  it('that ends leaves its messages to the rules that are left', () => {
    const { network, send } = world();
    const first = network.hold('m1', 'm2');
    send('m1', 'm2', 0, 'a');
    const second = network.hold('m1', 'm2');

    expect(network.uninstall(first, 1)).toEqual([]);
    network.partition([['m1'], ['m2']]);
    const released = network.uninstall(second, 2);

    expect(released.map(({ verdict }) => verdict)).toEqual([{ dropped: 'partition-1' }]);
  });
});

describe('skipped traffic', () => {
  it('leaves what follows the luck that it would have had', () => {
    const rules = [{ kind: 'loss', ratio: 0.3 }] as const;
    const naive = world({ latency: between(0, 1000), rules });
    const skipping = world({ latency: between(0, 1000), rules });
    for (let k = 0; k < 50; k += 1) naive.send('m1', 'm2', k * millis(10));
    skipping.network.skip('m1', 'm2', 50);

    for (let k = 50; k < 100; k += 1) {
      expect(skipping.send('m1', 'm2', k * millis(10))).toEqual(naive.send('m1', 'm2', k * millis(10)));
    }
  });

  it('is still not overtaken where the caller says when it arrives', () => {
    const { network, send } = world();
    network.skip('m1', 'm2', 1, { lastArrival: millis(40) });

    expect(send('m1', 'm2', millis(1))).toEqual({ deliveries: [millis(40)] });
  });

  it('has a count for each channel', () => {
    const { network } = world();
    network.skip('m1', 'm2', 3, { channel: 'heartbeat' });

    expect(network.sentOn('m1', 'm2', 'heartbeat')).toBe(3);
    expect(network.sentOn('m1', 'm2')).toBe(0);
  });
});

it('describes its rules, what they hold and its lanes', () => {
  const { network, send } = world({
    sites: { eu: ['m1'], us: ['m2'] },
    rules: [
      { kind: 'latency', from: [{ site: 'eu' }], to: [{ site: 'us' }], latency: fixed(millis(40)) },
      { kind: 'delay', from: ['m2', 'm1'], oneWay: true, by: between(0, 1500) },
      { kind: 'loss', ratio: 0.125, channel: 'raft' },
      { kind: 'duplicate', ratio: 0.5, to: ['m1'] },
      { kind: 'reorder', ratio: 0.01, by: { kind: 'exponential', mean: millis(7) } },
      { kind: 'partition', from: ['m1'], to: ['m3'] },
    ],
  });
  network.hold('m1', 'm2');
  send('m2', 'm1');
  send('m1', 'm3');
  send('m1', 'm2');

  expect(network.describe()).toEqual({
    rules: [
      { id: 'latency-1', text: 'site eu <-> site us: latency 40 ms', holding: 0 },
      { id: 'delay-1', text: 'm1, m2 -> all others: slower by 0 ms to 1.5 ms', holding: 0 },
      { id: 'loss-1', text: 'all links, channel raft: 12.5 % lost', holding: 0 },
      { id: 'duplicate-1', text: 'all others <-> m1: 50 % delivered twice', holding: 0 },
      { id: 'reorder-1', text: 'all links: 1 % set back by 7 ms on average', holding: 0 },
      { id: 'partition-1', text: 'm1 <-> m3: cut', holding: 0 },
      { id: 'hold-1', text: 'm1 <-> m2: held', holding: 2 },
    ],
    lanes: [
      { from: 'm1', to: 'm2', channel: '', sent: 1 },
      { from: 'm1', to: 'm3', channel: '', sent: 1 },
      { from: 'm2', to: 'm1', channel: '', sent: 1 },
    ],
  });
});

it('refuses machines whose names would mix up lanes', () => {
  expect(() => world().send('m1/x', 'm2')).toThrow("a machine's name holds no slash: m1/x");
  expect(() => world().network.latencyOf('m1', 'x/m2', 0)).toThrow(DryswarmError);
});
