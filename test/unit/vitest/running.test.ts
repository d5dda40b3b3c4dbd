import { describe, expect, test } from 'vitest';
import '../../../src/vitest/index.ts';
import { failureOf, release, service, swarmOf } from './worlds.ts';

describe('how many tasks run', () => {
  test('now', () => {
    const web = service();
    expect(web).toHaveRunning(3);
    expect(failureOf(() => expect(web).toHaveRunning(4))).toMatch(/^expected web to have 4 tasks running; 3 run\n/);
    expect(failureOf(() => expect(web).not.toHaveRunning(3))).toMatch(
      /^expected web not to have 3 tasks running; 3 run\n/,
    );
  });

  test('the start is no gap: it counts from when so many ran first', () => {
    expect(service()).toHaveKeptRunning({ atLeast: 3 });
  });

  test('a rollout that stops first has one less at a time', () => {
    const web = service();
    release(web, 'web:v3', '60s');
    expect(web).toHaveKeptRunning({ atLeast: 2 });
    expect(failureOf(() => expect(web).toHaveKeptRunning({ atLeast: 3 }))).toMatch(
      /^expected web to have kept at least 3 tasks running; the lowest was 2, from \d.* to \d.*\n/,
    );
    expect(failureOf(() => expect(web).not.toHaveKeptRunning({ atLeast: 2 }))).toMatch(
      /^expected web not to have kept at least 2 tasks running; the lowest was 2, from/,
    );
  });

  test('a gap that has not ended has no end', () => {
    const web = service({}, { workers: 0 });
    web.scale(1);
    swarmOf(web).run({ for: '20s' });
    expect(failureOf(() => expect(web).toHaveKeptRunning({ atLeast: 3 }))).toMatch(/; the lowest was 1, since \d/);
  });

  test('what was before may be left out', () => {
    const web = service();
    release(web, 'web:v3', '60s');
    expect(web).toHaveKeptRunning({ atLeast: 3, since: web.swarm.now });
    release(web, 'web:v4', '60s');
    expect(web).not.toHaveKeptRunning({ atLeast: 3, since: 60_000_000 });
  });

  test('what never ran was not kept', () => {
    expect(failureOf(() => expect(service()).toHaveKeptRunning({ atLeast: 4 }))).toMatch(
      /^expected web to have kept at least 4 tasks running; there were never so many: the most was 3\n/,
    );
  });
});

describe('what part of the tasks runs', () => {
  test('is measured by the replicas', () => {
    const web = service({ replicas: 10 });
    release(web, 'web:v3', '90s');
    expect(web).toHaveStayedAvailable(0.9);
    expect(failureOf(() => expect(web).toHaveStayedAvailable(0.95))).toMatch(
      /^expected web to have stayed available to 95 % \(10 of 10 tasks\); the lowest was 9, from/,
    );
  });

  test('a part that makes a whole number is not rounded up', () => {
    const web = service({ replicas: 10, update: { parallelism: 3 } });
    release(web, 'web:v3', '90s');
    expect(web).toHaveStayedAvailable(0.7);
    expect(web).not.toHaveStayedAvailable(0.71);
  });

  test('of a global service is measured by the nodes that run it', () => {
    const web = service({ mode: 'global' });
    expect(web).toHaveStayedAvailable(1);
    release(web, 'web:v3', '60s');
    expect(web).toHaveStayedAvailable(0.6);
    expect(web).not.toHaveStayedAvailable(0.7);
  });

  test.each([-0.1, 1.5, Number.NaN, 75])('%s is no part', (ratio) => {
    expect(() => expect(service()).toHaveStayedAvailable(ratio)).toThrow('is not between 0 and 1');
  });
});
