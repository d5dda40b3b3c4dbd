import { describe, expect, it } from 'vitest';
import { millis, seconds } from '../../../src/base/index.ts';
import {
  DRAIN_LIMIT,
  QUEUE_LIMIT,
  SEND_LIMIT,
  type TransportOutput,
  TransportPeer,
} from '../../../src/network/index.ts';

const OPTIONS = { seed: 1, from: 'm1', to: 'm2' };
const UNREACHABLE = { kind: 'unreachable' } as const;

const message = (payload: string) => ({ payload, isSnapshot: false });
const snapshot = (payload: string) => ({ payload, isSnapshot: true });
const sending = (payload: string, exchange: number, deadline: number) => ({
  kind: 'send',
  exchange,
  payload,
  deadline,
});

/** A peer that has answered the check, exchange 1, at the start. */
function activePeer(): TransportPeer<string> {
  const peer = new TransportPeer<string>(OPTIONS);
  peer.start(0);
  peer.acknowledged(1, 0);
  return peer;
}

/** An active peer that then refuses a message, exchange 2, at 1 s. */
function refusedPeer(): { peer: TransportPeer<string>; outputs: readonly TransportOutput<string>[] } {
  const peer = activePeer();
  peer.enqueue(message('a'), 0);
  return { peer, outputs: peer.refused(2, seconds(1)) };
}

function dialOf(outputs: readonly TransportOutput<string>[]) {
  const dial = outputs.find((output) => output.kind === 'dial');
  if (dial?.kind !== 'dial') throw new Error('no dial among the outputs');
  return dial;
}

describe('the first check', () => {
  it('comes before all messages, and makes the peer active', () => {
    const peer = new TransportPeer<string>(OPTIONS);
    expect(peer.start(5)).toEqual([{ kind: 'check', exchange: 1, deadline: 5 + SEND_LIMIT }]);
    expect(peer.enqueue(message('a'), 6)).toEqual([]);
    expect(peer.activeSince).toBeUndefined();

    expect(peer.acknowledged(1, 10)).toEqual([sending('a', 2, 10 + SEND_LIMIT)]);
    expect(peer.activeSince).toBe(10);
  });

  it('that fails is not reported, and messages are sent all the same', () => {
    const peer = new TransportPeer<string>(OPTIONS);
    peer.start(0);
    peer.enqueue(message('a'), 1);

    expect(peer.failed(1, SEND_LIMIT)).toEqual([sending('a', 2, 2 * SEND_LIMIT)]);
    expect(peer.activeSince).toBeUndefined();
  });
});

describe('messages', () => {
  it('are sent one per round trip, in order', () => {
    const peer = activePeer();

    expect(peer.enqueue(message('a'), 1)).toEqual([sending('a', 2, 1 + SEND_LIMIT)]);
    expect(peer.enqueue(message('b'), 2)).toEqual([]);
    expect(peer.enqueue(message('c'), 3)).toEqual([]);
    expect(peer.acknowledged(2, 100)).toEqual([sending('b', 3, 100 + SEND_LIMIT)]);
    expect(peer.acknowledged(3, 200)).toEqual([sending('c', 4, 200 + SEND_LIMIT)]);
    expect(peer.acknowledged(4, 300)).toEqual([]);
  });

  it('that fail make the peer inactive and unreachable, and the next one is tried', () => {
    const peer = activePeer();
    peer.enqueue(message('a'), 0);
    peer.enqueue(message('b'), 0);

    expect(peer.failed(2, SEND_LIMIT)).toEqual([UNREACHABLE, sending('b', 3, 2 * SEND_LIMIT)]);
    expect(peer.activeSince).toBeUndefined();

    peer.acknowledged(3, seconds(3));
    expect(peer.activeSince).toBe(seconds(3));
  });

  it('that succeed leave the peer active since its first answer', () => {
    const peer = activePeer();
    peer.enqueue(message('a'), 50);
    peer.acknowledged(2, 60);

    expect(peer.activeSince).toBe(0);
  });

  it('leave the peer idle when the last one is over, and may have taken place unseen', () => {
    const peer = activePeer();
    expect(peer.isIdle).toBe(true);
    peer.enqueue(message('a'), 0);
    peer.enqueue(message('b'), 0);
    expect(peer.isIdle).toBe(false);
    peer.acknowledged(2, 1);
    expect(peer.isIdle).toBe(false);
    peer.acknowledged(3, 2);
    expect(peer.isIdle).toBe(true);

    peer.skip(10);
    expect(peer.enqueue(message('c'), 3)).toEqual([sending('c', 14, 3 + SEND_LIMIT)]);
    expect(refusedPeer().peer.isIdle).toBe(false);
  });

  it('are over once: what is said of them later is ignored', () => {
    const peer = activePeer();
    peer.enqueue(message('a'), 0);
    peer.enqueue(message('b'), 0);
    peer.failed(2, SEND_LIMIT);

    for (const late of [peer.acknowledged(2, 3), peer.failed(2, 3), peer.refused(2, 3)]) expect(late).toEqual([]);
    expect(peer.activeSince).toBeUndefined();
    expect(peer.acknowledged(3, 4)).toEqual([]);
  });

  it('with a snapshot are reported, whether they arrive or not', () => {
    const peer = activePeer();
    peer.enqueue(snapshot('s1'), 0);
    peer.enqueue(snapshot('s2'), 0);

    expect(peer.acknowledged(2, 1)).toEqual([
      { kind: 'snapshot', outcome: 'finished' },
      sending('s2', 3, 1 + SEND_LIMIT),
    ]);
    expect(peer.failed(3, 2)).toEqual([{ kind: 'snapshot', outcome: 'failed' }, UNREACHABLE]);
  });

  it('beyond the limit of the queue are lost, and the peer counts as unreachable', () => {
    const peer = activePeer();
    peer.enqueue(message('under way'), 0);
    for (let count = 0; count < QUEUE_LIMIT; count += 1) expect(peer.enqueue(message('waits'), 0)).toEqual([]);

    expect(peer.enqueue(message('lost'), 0)).toEqual([UNREACHABLE]);
    expect(peer.activeSince).toBeUndefined();
    expect(peer.checkpoint().queue).toHaveLength(QUEUE_LIMIT);
  });
});

describe('a refused connection', () => {
  it('is dialled again after a second', () => {
    expect(refusedPeer().outputs).toEqual([
      UNREACHABLE,
      { kind: 'dial', exchange: 3, at: seconds(2), deadline: seconds(22) },
    ]);
  });

  it('lets every message fail at once, also those that waited', () => {
    const peer = activePeer();
    for (const payload of ['a', 'b']) peer.enqueue(message(payload), 0);
    peer.enqueue(snapshot('s'), 0);

    expect(peer.refused(2, 0).map(({ kind }) => kind)).toEqual([
      'unreachable',
      'dial',
      'unreachable',
      'snapshot',
      'unreachable',
    ]);
    expect(peer.enqueue(message('c'), 1)).toEqual([UNREACHABLE]);
  });

  it('is dialled after longer and longer pauses, at most 8 s and a fifth', () => {
    const { peer, outputs } = refusedPeer();
    const pauses: number[] = [];
    let dial = dialOf(outputs);
    for (let failure = 0; failure < 12; failure += 1) {
      const failedAt = dial.at + millis(1);
      dial = dialOf(peer.dialFailed(dial.exchange, failedAt));
      pauses.push(dial.at - failedAt);
    }

    expect(pauses[0]).toBeGreaterThanOrEqual(millis(1_280));
    expect(pauses[0]).toBeLessThanOrEqual(millis(1_920));
    for (const pause of pauses.slice(4)) {
      expect(pause).toBeGreaterThanOrEqual(millis(6_400));
      expect(pause).toBeLessThanOrEqual(millis(9_600));
    }
    expect(new Set(pauses).size).toBe(pauses.length);
  });

  it('that is made again carries messages; the peer is active from the first answer', () => {
    const { peer, outputs } = refusedPeer();
    peer.dialled(dialOf(outputs).exchange);

    expect(peer.activeSince).toBeUndefined();
    expect(peer.enqueue(message('b'), seconds(3))).toEqual([sending('b', 4, seconds(5))]);
    peer.acknowledged(4, seconds(4));
    expect(peer.activeSince).toBe(seconds(4));
  });

  it('that was lost a second time is dialled after a second again', () => {
    const { peer, outputs } = refusedPeer();
    const second = dialOf(peer.dialFailed(dialOf(outputs).exchange, seconds(2)));
    peer.dialled(second.exchange);
    peer.enqueue(message('b'), seconds(6));

    expect(dialOf(peer.refused(5, seconds(7))).at).toBe(seconds(8));
  });

  it('ignores what is said of an earlier attempt', () => {
    const { peer, outputs } = refusedPeer();
    const first = dialOf(outputs).exchange;
    peer.dialFailed(first, seconds(2));
    peer.dialled(first);

    expect(peer.dialFailed(first, seconds(3))).toEqual([]);
    expect(peer.enqueue(message('b'), seconds(3))).toEqual([UNREACHABLE]);
  });
});

describe('a stopped peer', () => {
  it('sends what waits, and takes nothing more', () => {
    const peer = activePeer();
    for (const payload of ['a', 'b', 'c']) peer.enqueue(message(payload), 0);

    expect(peer.stop(1)).toEqual([]);
    expect(peer.activeSince).toBeUndefined();
    expect(peer.enqueue(message('d'), 1)).toEqual([]);
    expect(peer.acknowledged(2, 2)).toEqual([sending('b', 3, 2 + SEND_LIMIT)]);
    expect(peer.acknowledged(3, 3)).toEqual([sending('c', 4, 3 + SEND_LIMIT)]);
    expect(peer.acknowledged(4, 4)).toEqual([]);
    expect(peer.activeSince).toBeUndefined();
    expect(peer.stop(5)).toEqual([]);
  });

  it('gives up at the first failure of what it still sends, not at that of what was under way', () => {
    const peer = activePeer();
    for (const payload of ['a', 'b', 'c']) peer.enqueue(message(payload), 0);
    peer.stop(1);

    expect(peer.failed(2, 2)).toEqual([UNREACHABLE, sending('b', 3, 2 + SEND_LIMIT)]);
    expect(peer.failed(3, 3)).toEqual([UNREACHABLE]);
    expect(peer.checkpoint().queue).toEqual([]);
  });

  it('breaks its check off', () => {
    const peer = new TransportPeer<string>(OPTIONS);
    peer.start(0);
    peer.enqueue(message('a'), 0);

    expect(peer.stop(1)).toEqual([sending('a', 2, 1 + SEND_LIMIT)]);
  });

  it('sends for 16 s and no longer', () => {
    const peer = activePeer();
    for (const payload of ['a', 'b', 'c']) peer.enqueue(message(payload), 0);
    peer.stop(0);

    const late = DRAIN_LIMIT - seconds(1);
    expect(peer.acknowledged(2, late)).toEqual([sending('b', 3, DRAIN_LIMIT)]);
    expect(peer.acknowledged(3, DRAIN_LIMIT)).toEqual([]);
    expect(peer.checkpoint().queue).toEqual([]);
  });

  it('does not dial again', () => {
    const { peer, outputs } = refusedPeer();
    peer.stop(seconds(1));

    expect(peer.dialFailed(dialOf(outputs).exchange, seconds(2))).toEqual([]);
  });
});
