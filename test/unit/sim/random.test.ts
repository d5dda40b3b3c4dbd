import { describe, expect, it } from 'vitest';
import { threefry } from '../../../src/sim/hash-stream.ts';
import { HashStream, hashInteger, hashUnit, RandomStreams } from '../../../src/sim/index.ts';

const FIRST_OF_M1 = [0.8149392349423875, 0.524236453624046, 0.6318035413072062];

/** How often each of `values` comes up in `count` draws. */
function tally(count: number, draw: (k: number) => number | string): number[] {
  const counts = new Map<number | string, number>();
  for (let k = 0; k < count; k += 1) {
    const value = draw(k);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts.values()];
}

describe('RandomStreams', () => {
  it('gives the numbers that it always gave', () => {
    const stream = new RandomStreams(1).stream('raft/m1/election-timeout');

    expect([stream.next(), stream.next(), stream.next()]).toEqual(FIRST_OF_M1);
  });

  it('depends on seed and name, and takes a seed as a number or as text', () => {
    const first = (seed: number | string, name: string) => new RandomStreams(seed).stream(name).next();

    expect(first('1', 'raft/m1/election-timeout')).toBe(FIRST_OF_M1[0]);
    expect(first(2, 'raft/m1/election-timeout')).not.toBe(FIRST_OF_M1[0]);
    expect(first(1, 'raft/m2/election-timeout')).not.toBe(FIRST_OF_M1[0]);
  });

  it('gives the same stream object for the same name', () => {
    const random = new RandomStreams(1);

    expect(random.stream('a')).toBe(random.stream('a'));
  });

  it('takes streams that are held back to a checkpoint, or to their start where it does not know them', () => {
    const random = new RandomStreams(1);
    const known = random.stream('known');
    const unknown = random.stream('unknown');
    known.next();
    const checkpoint = random.checkpoint();
    const expected = [known.next(), unknown.next()];

    random.restore(checkpoint);

    expect([known.next(), unknown.next()]).toEqual(expected);
  });

  it('has a checkpoint of plain data that takes over the seed and survives JSON', () => {
    const random = new RandomStreams('the seed');
    random.stream('a').next();
    random.stream('never drawn from');
    const checkpoint = JSON.parse(JSON.stringify(random.checkpoint()));
    expect(Object.keys(checkpoint.streams)).toEqual(['a']);

    const fork = new RandomStreams(0);
    fork.restore(checkpoint);

    expect(fork.seed).toBe('the seed');
    for (const name of ['a', 'b']) expect(fork.stream(name).next()).toBe(random.stream(name).next());
  });

  it('draws whole numbers, items and orders with equal chances', () => {
    const stream = new RandomStreams(7).stream('fair');

    for (const counts of [
      tally(6000, () => stream.integer(6)),
      tally(6000, () => stream.pick(['a', 'b', 'c', 'd', 'e', 'f'])),
      tally(6000, () => stream.shuffle([1, 2, 3]).join()),
    ]) {
      expect(counts).toHaveLength(6);
      for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    }
  });

  it('shuffles a copy', () => {
    const items = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8]);

    const shuffled = new RandomStreams(1).stream('x').shuffle(items);

    expect(shuffled).not.toEqual(items);
    expect(shuffled.sort()).toEqual(items);
  });

  it('refuses to draw from nothing', () => {
    const stream = new RandomStreams(1).stream('x');

    expect(() => stream.pick([])).toThrow('cannot pick from nothing');
    expect(() => stream.integer(0)).toThrow('cannot draw a whole number below 0');
  });
});

describe('HashStream', () => {
  // The known answers published with Random123.
  it('is Threefry-2x32 with 20 rounds', () => {
    expect(threefry(0, 0, 0, 0)).toEqual([0x6b200159, 0x99ba4efe]);
    expect(threefry(-1, -1, -1, -1)).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(threefry(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3)).toEqual([0xc4923a9c, 0x483df7a0]);
  });

  it('gives the numbers that it always gave', () => {
    expect([0, 1, 2, 2 ** 40].map((k) => hashUnit(1, 'link/m1/m2/latency', k))).toEqual([
      0.6747338615200632, 0.9444497197814853, 0.6521012838857021, 0.06768839853159314,
    ]);
    expect(hashInteger(1, 'link/m1/m2/latency', 3, 1000)).toBe(331);
  });

  it('gives draw k whatever was drawn before', () => {
    const hash = new HashStream(1, 'x');
    const draws = hash.draws(5);

    expect([draws(), draws()]).toEqual([hash.unit(5), hash.unit(6)]);
    expect(hash.unit(5)).toBe(hashUnit(1, 'x', 5));
  });

  it('draws with equal chances along k and along names', () => {
    for (const counts of [
      tally(10_000, (k) => hashInteger(1, 'x', k, 10)),
      tally(10_000, (k) => hashInteger(1, `task/${k}`, 0, 10)),
      tally(10_000, (k) => hashInteger(k, 'x', 0, 10)),
    ]) {
      expect(counts).toHaveLength(10);
      for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    }
  });
});
