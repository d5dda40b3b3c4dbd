/** Prints the hash of each scenario. Runs on plain Node once it is bundled: `npm run determinism` does that. */
import { hashOf } from '../../src/sim/index.ts';
import { scenarios } from './scenarios.ts';

for (const { name, run } of scenarios) {
  const hash = hashOf(run());
  // Nothing may be left over from the first time.
  if (hashOf(run()) !== hash) throw new Error(`${name} came out differently the second time`);
  console.log(`${name} ${hash}`);
}
