import { describe, expect, test } from 'vitest';
import { createSwarm, type Swarm, TaskState } from '../../../src/index.ts';

/** The leader is cut off until another one leads and it knows that it leads no more; then it follows. */
function passOn(swarm: Swarm): void {
  const { leader } = swarm;
  const since = swarm.now;
  leader?.disconnect();
  swarm.runUntil(
    ({ trace }) =>
      swarm.leader?.id !== leader?.id &&
      trace.records.some(
        ({ kind, at, by }) => kind === 'raft.stepped-down' && at > since && by.startsWith(`${leader?.id}`),
      ),
  );
  leader?.reconnect();
  swarm.runUntilSettled();
}

/** m1 has led, and follows now. */
function withFormerLeader(): Swarm {
  const swarm = createSwarm({ managers: 3, workers: 1 });
  swarm.runUntilSettled();
  passOn(swarm);
  expect(swarm.leader?.id).not.toBe('m1');
  return swarm;
}

function leadAgain(swarm: Swarm, node: string): void {
  for (let round = 0; round < 20 && swarm.leader?.id !== node; round += 1) passOn(swarm);
  expect(swarm.leader?.id).toBe(node);
}

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
