import { type Distribution, HashStream, RandomStreams, sample } from '../../../src/sim/index.ts';
import type { Scenario } from '../scenario.ts';

const SAMPLES = 2000;

const DISTRIBUTIONS: readonly Distribution[] = [
  { kind: 'fixed', value: 3 },
  { kind: 'uniform', min: -1, max: 10 },
  { kind: 'normal', mean: 100, deviation: 15 },
  { kind: 'lognormal', median: 2_000_000, sigma: 0.8 },
  { kind: 'exponential', mean: 0.001 },
  { kind: 'empirical', values: [1, 2, 3, 5, 8, 13] },
];

/** The arithmetic of chance, to the last bit. */
export const sim: Scenario = {
  name: 'sim',
  run: () => {
    const streams = new RandomStreams('determinism');
    return DISTRIBUTIONS.map((distribution) => {
      const stream = streams.stream(distribution.kind);
      const hashed = new HashStream('determinism', distribution.kind).draws();
      return [() => stream.next(), hashed].map((draw) =>
        Array.from({ length: SAMPLES }, () => sample(distribution, draw)),
      );
    });
  },
};
