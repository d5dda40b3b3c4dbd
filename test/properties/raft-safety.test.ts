import { describe, test } from 'vitest';
import { laws } from '../../src/fast-check/index.ts';

const RUNS = Number(process.env.RAFT_RUNS ?? 1000);
/** Generous: the runs are many, not slow, and nothing here depends on the clock. */
const LIMIT_MS = 600_000 + 100 * RUNS;

/** The first law is what all of it is about; the others look at the same runs from outside. */
const SHARES = [1, 1 / 10, 1 / 4];

describe('raft, over random schedules of delays, losses, duplicates, cuts, crashes and changes of membership', () => {
  for (const [index, law] of laws.raft().entries()) {
    const numRuns = Math.ceil(RUNS * (SHARES[index] ?? 1));
    test(law.name, () => law.assert({ numRuns }), LIMIT_MS);
  }
});
