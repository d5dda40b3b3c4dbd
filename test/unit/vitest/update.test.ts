import { describe, expect, test } from 'vitest';
import '../../../src/vitest/index.ts';
import { failureOf, release, service } from './worlds.ts';

describe('how a release has ended', () => {
  test('one that works is completed, and nothing else', () => {
    const web = service();
    release(web, 'web:v3');
    expect(web).toHaveCompletedUpdate();
    expect(web).not.toHaveRolledBack();
    expect(web).not.toHavePausedUpdate();
  });

  test('one that fails is paused by default, and nothing else', () => {
    const web = service();
    release(web, 'web:v2');
    expect(web).toHavePausedUpdate();
    expect(web).not.toHaveCompletedUpdate();
    expect(web).not.toHaveRolledBack();
  });

  test('one that fails is rolled back where the policy says so, although Swarm may say completed after that', () => {
    const web = service({ update: { failureAction: 'rollback' } });
    release(web, 'web:v2', '60s');
    expect(web).toHaveRolledBack();
    expect(web).not.toHaveCompletedUpdate();
  });

  test('one that is rolled back by hand has rolled back', () => {
    const web = service();
    release(web, 'web:v3');
    web.rollback();
    expect(web).not.toHaveRolledBack();
    release(web, 'web:v1');
    expect(web).not.toHaveRolledBack();
  });

  test('only the last release counts', () => {
    const web = service({ update: { failureAction: 'rollback' } });
    release(web, 'web:v2', '60s');
    release(web, 'web:v3', '60s');
    expect(web).toHaveCompletedUpdate();
    expect(web).not.toHaveRolledBack();
  });
});

describe('what is said instead', () => {
  test('before any release', () => {
    expect(failureOf(() => expect(service()).toHaveCompletedUpdate())).toMatch(
      /^expected web to have completed its update; it was created, and not updated since\n/,
    );
  });

  test('after a pause: when and why', () => {
    const web = service();
    release(web, 'web:v2');
    expect(failureOf(() => expect(web).toHaveRolledBack())).toMatch(
      /^expected web to have rolled back; its update was paused at \d+(\.\d+)?s: update paused due to failure or early termination of task \w+\n/,
    );
  });

  test('while it goes on: since when', () => {
    const web = service({ update: { monitor: '60s' } });
    release(web, 'web:v3', '1s');
    expect(failureOf(() => expect(web).toHaveCompletedUpdate())).toContain('; its update has been going on since ');
  });

  test('of what was not expected: when it was', () => {
    const web = service({ update: { failureAction: 'rollback' } });
    release(web, 'web:v2', '60s');
    expect(failureOf(() => expect(web).not.toHaveRolledBack())).toMatch(
      /^expected web not to have rolled back; it was rolled back at \d+/,
    );
  });

  test('after a change that needs no new tasks', () => {
    const web = service();
    web.scale(2);
    expect(failureOf(() => expect(web).toHaveCompletedUpdate())).toContain(
      'its last specification changed nothing that needs new tasks',
    );
  });
});
