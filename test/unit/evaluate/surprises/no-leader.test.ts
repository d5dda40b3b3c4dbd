import { expect, test } from 'vitest';
import { running, textOf } from '../../../support/surprised-swarm.ts';

const NO_LEADER_SINCE = 'the managers have had no leader since: nothing is placed, replaced or updated';

test('managers that stand still are a majority that is lost', () => {
  const swarm = running({}, 3);
  swarm.node('m2').freeze();
  swarm.node('m3').freeze();
  swarm.run({ for: '2m' });

  expect(textOf(swarm, 'no-leader')).toBe(NO_LEADER_SINCE);
});

test('so is the only manager, and while it stands still it leads nobody', () => {
  const swarm = running();
  swarm.node('m1').freeze();
  swarm.run({ for: '2m' });
  expect(textOf(swarm, 'no-leader')).toBe(NO_LEADER_SINCE);

  swarm.node('m1').thaw();
  swarm.run({ for: '2m' });
  expect(textOf(swarm, 'no-leader')).toBe(
    'the managers had no leader for 2m: nothing was placed, replaced or updated meanwhile',
  );
});

test('managers that a partition leaves without a majority have no leader until it is healed', () => {
  const swarm = running({}, 3);
  swarm.network.partition([['m1'], ['m2'], ['m3', 'w1', 'w2', 'w3']]);
  swarm.run({ for: '5m' });
  expect(textOf(swarm, 'no-leader')).toBe(NO_LEADER_SINCE);

  swarm.network.heal();
  swarm.run({ for: '1m' });
  expect(textOf(swarm, 'no-leader')).toMatch(/^the managers had no leader for [4-5]m/);
});

test('it is lost when it steps down, whatever befalls its machine later', () => {
  const swarm = running({}, 3);
  swarm.node('m2').freeze();
  swarm.node('m3').freeze();
  swarm.run({ for: '90s' });
  swarm.node('m1').crash();
  swarm.run({ for: '30s' });

  expect(textOf(swarm, 'no-leader')).toBe(NO_LEADER_SINCE);
});

test('a leader that leaves two managers takes the majority along', () => {
  const swarm = running({}, 2);
  swarm.node('m1').leave({ force: true });
  swarm.run({ for: '2m' });

  expect(textOf(swarm, 'no-leader')).toBe(NO_LEADER_SINCE);
});

test('a leader that stands still is followed by another one, and so is one that crashes', () => {
  const swarm = running({}, 3);
  swarm.node('m1').freeze();
  swarm.run({ for: '2m' });
  swarm.node('m1').thaw();
  swarm.run({ for: '2m' });
  swarm.leader!.crash();
  swarm.run({ for: '2m' });

  expect(textOf(swarm, 'no-leader')).toBeUndefined();
});

test('a leader that goes on after half a minute leads as before', () => {
  const swarm = running();
  swarm.node('m1').freeze();
  swarm.run({ for: '30s' });
  swarm.node('m1').thaw();
  swarm.run({ for: '5m' });

  expect(textOf(swarm, 'no-leader')).toBeUndefined();
});

test('a worker and a follower that die take no leader along', () => {
  const swarm = running({}, 3);
  swarm.node('w1').crash();
  swarm.node('m3').crash();
  swarm.run({ for: '5m' });

  expect(textOf(swarm, 'no-leader')).toBeUndefined();
});
