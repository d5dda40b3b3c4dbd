import { describe, test } from 'vitest';
import { laws } from '../../src/fast-check/index.ts';
import { runs } from '../support/runs.ts';

describe('swarm, over random scenarios', () => {
  for (const law of laws.swarm()) test(law.name, () => law.assert({ numRuns: runs(15) }));
});
