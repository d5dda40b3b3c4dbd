import { describe, expect, test } from 'vitest';
import { nodeDies, nodeLost } from '../../../../src/evaluate/check/battery.ts';
import { firstFault } from '../../../../src/evaluate/check/first-fault.ts';
import type { Rollout } from '../../../../src/evaluate/check/rollout.ts';
import { subjectsOf } from '../../../../src/evaluate/check/subjects.ts';
import { lossIn } from '../../../../src/evaluate/check/timeline.ts';
import { nodeDeath } from '../../../../src/evaluate/findings/node-death.ts';
import { checkShapes, stackOf } from '../../../support/check-files.ts';

const web = (deploy: string) =>
  stackOf([{ name: 'web.yml', content: `services: {web: {image: "w:1", deploy: ${deploy}}}` }]);

function leaderOf({ swarm }: Rollout): string | undefined {
  return swarm.leader?.name;
}

describe.each(
  checkShapes()
    .filter(({ expected }) => expected.includes('stack warning node-death'))
    .filter(({ name }) => ['single', 'database', 'all-at-once'].includes(name)),
)('in the files of $name', ({ files }) => {
  // Where a task gets to is a matter of luck: of these, some put the only one on the only manager.
  test.each([2, 3, 5, 6, 17])('the death of a node in the middle is found with seed %i', (seed) => {
    expect(nodeDeath.find(subjectsOf(stackOf(files), { seed }))).toMatchObject({ severity: 'warning' });
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'the node of an only task that dies is never the one that leads (seed %i)',
  (seed) => {
    const [subject] = subjectsOf(web('{replicas: 1}'), { seed });
    const rollout = subject!.rollout(nodeLost);

    expect(firstFault(rollout)?.target).not.toBe(leaderOf(rollout));
    expect(lossIn(rollout)).toMatchObject({ lost: 1, restored: expect.any(Number) });
  },
);

test('a service that only managers may run loses one of three that does not lead', () => {
  const [subject] = subjectsOf(web('{placement: {constraints: ["node.role == manager"]}}'), {});
  const rollout = subject!.rollout(nodeDies);

  expect(rollout.result.outcome).toBe('stuck');
  expect(rollout.swarm.managers()).toHaveLength(3);
  expect(firstFault(rollout)?.target).not.toBe(leaderOf(rollout));
});

test('where the service can only be on the only manager, another one leads while it is lost', () => {
  const zones = ['a', 'b', 'c', 'd'].map((zone) => `"node.labels.zone == ${zone}"`);
  const services = zones.map(
    (zone, index) => `s${index}: {image: "w:1", deploy: {placement: {constraints: [${zone}]}}}`,
  );
  const stack = stackOf([{ name: 'zones.yml', content: `services: {${services.join(', ')}}` }]);
  const rollouts = subjectsOf(stack, {}).map((subject) => subject.rollout(nodeDies));

  expect(rollouts.map(({ result }) => result.outcome)).toEqual(['stuck', 'stuck', 'stuck', 'stuck']);
  expect(firstFault(rollouts[3]!)!.target).toBe('m1');
});
