import { expect, test } from 'vitest';
import { good, nodeDies } from '../../../../src/evaluate/check/battery.ts';
import { subjectsOf } from '../../../../src/evaluate/check/subjects.ts';
import { stackOf } from '../../../support/check-files.ts';

const HOUR = 3600e6;

function timeOf(rollout: ReturnType<ReturnType<typeof subjectsOf>[number]['rollout']>): number {
  return rollout.swarm.now - rollout.deployedAt;
}

test('an update that waits for a lost task is not watched for as long as one that goes on', () => {
  // Probes of health are what makes quiet time dear.
  const service = {
    image: 'api:1',
    healthcheck: { test: ['CMD', 'check'], interval: '5s' },
    deploy: { replicas: 60, update_config: { delay: '3m', order: 'start-first', failure_action: 'rollback' } },
  };
  const [subject] = subjectsOf(
    stackOf([{ name: 'a.json', content: JSON.stringify({ services: { api: service } }) }]),
    {},
  );
  const [whole, stuck] = [subject!.rollout(good), subject!.rollout(nodeDies)];

  expect(whole.result.outcome).toBe('completed');
  expect(timeOf(whole)).toBeGreaterThan(3 * HOUR);
  expect(stuck.result.outcome).toBe('stuck');
  expect(timeOf(stuck)).toBeLessThan(HOUR);
});
