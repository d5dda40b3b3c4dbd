import { describe, expect, test } from 'vitest';
import { type Swarm, TaskState } from '../../../src/index.ts';
import { leadAgain, withFormerLeader } from '../../support/former-leader.ts';

function runJob(swarm: Swarm): number {
  swarm.services.create({ name: 'job', image: 'job', mode: 'replicated-job', replicas: 2 });
  swarm.run({ for: '1m' });
  return swarm.tasks().filter(({ serviceName }) => serviceName === 'job').length;
}

describe('the orchestrator of jobs', () => {
  test('does nothing on a manager that has led, while another one leads', () => {
    const swarm = withFormerLeader();

    expect(runJob(swarm)).toBe(2);
  });

  test('is there twice when that manager leads again, and runs every task of a job twice', () => {
    const swarm = withFormerLeader();
    leadAgain(swarm, 'm1');

    expect(runJob(swarm)).toBe(4);
  });

  test('is there once when that manager was started anew', () => {
    const swarm = withFormerLeader();
    swarm.node('m1').crash();
    swarm.run({ for: '1s' });
    swarm.node('m1').boot();
    swarm.runUntilSettled();
    leadAgain(swarm, 'm1');

    expect(runJob(swarm)).toBe(2);
  });

  test('of a manager that led goes on in a copy, too', () => {
    const swarm = withFormerLeader();
    leadAgain(swarm, 'm1');

    expect(runJob(swarm.fork())).toBe(4);
    expect(swarm.tasks().every(({ status }) => status.state <= TaskState.RUNNING)).toBe(true);
  });
});
