import { expect, it } from 'vitest';
import { createSwarm } from '../../../src/swarm/index.ts';

/** Whether a swarm of so many managers has a leader a minute after so many were lost, the first ones first. */
function survives(managers: number, lost: number): boolean {
  const swarm = createSwarm({ managers });
  for (let number = 1; number <= lost; number += 1) swarm.node(`m${number}`).crash();
  swarm.run({ for: '1m' });
  return swarm.leader !== undefined;
}

function toleratedFailures(managers: number): number {
  let lost = 0;
  while (lost < managers && survives(managers, lost + 1)) lost += 1;
  return lost;
}

it('an even number of managers survives no more failures than the odd number below it', () => {
  const table = Array.from(
    { length: 9 },
    (_, index) => `${index + 1} managers, ${toleratedFailures(index + 1)} may fail`,
  );

  expect(table).toEqual([
    '1 managers, 0 may fail',
    '2 managers, 0 may fail',
    '3 managers, 1 may fail',
    '4 managers, 1 may fail',
    '5 managers, 2 may fail',
    '6 managers, 2 may fail',
    '7 managers, 3 may fail',
    '8 managers, 3 may fail',
    '9 managers, 4 may fail',
  ]);
});
