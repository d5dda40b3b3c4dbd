import { describe, expect, test } from 'vitest';
import { createSwarm } from '../../../src/index.ts';
import '../../../src/vitest/index.ts';
import { failureOf, release, service } from './worlds.ts';

describe('the message of a matcher', () => {
  test('says what happened around it, when, with which seed, and how to see it again', () => {
    const web = service({ replicas: 2, update: { failureAction: 'rollback' } });
    release(web, 'web:v2');
    expect(failureOf(() => expect(web).toHaveCompletedUpdate())).toMatchInlineSnapshot(`
      "expected web to have completed its update; it was rolled back at 11.8s
         1.8s  web.2 on m1 shutdown
           2s  web.2 on m1 running
           2s  web.1 on w1 now wanted shutdown
         3.2s  web.1 on w1 shutdown
         3.4s  web.1 on w1 running
           5s  web.2 on m1 failed: task: non-zero exit (1)
           5s  web.2, web.2 on m1 now wanted shutdown
        ... 1 more lines ...
           5s  web: rollback_started (update rolled back due to failure or early termination of task eeoa7vaxsi3ygi9he8pb5lfqu)
         5.2s  web.2 on m1 shutdown
         5.4s  web.2 on m1 running
         5.4s  web.1 on w1 now wanted shutdown
         6.6s  web.1 on w1 shutdown
         6.8s  web.1 on w1 running
        11.8s  web: rollback_completed (rollback completed)
      seed 1, virtual time 30.55s
      again: npx vitest run test/unit/vitest/messages.test.ts -t 'the message of a matcher says what happened around it, when, with which seed, and how to see it again'
      look: npx dryswarm show .dryswarm/messages-the-message-of-a-matcher-says-what-happened-around-it-when-with-which-s-e7e7fe.trace"
    `);
  });

  test('of much that happened tells the first and the last', () => {
    const web = service({ replicas: 9 });
    release(web, 'web:v3', '90s');
    const message = failureOf(() => expect(web).toMatchTimeline(['service web created', 'never']));
    expect(message).toMatch(/\n {2}\.\.\. \d+ more lines \.\.\.\n/);
    expect(message.split('\n').length).toBeLessThan(20);
  });
});

describe('a matcher', () => {
  test('says whom it is about when it is asked of something else', () => {
    const swarm = createSwarm();
    expect(() => expect(swarm).toHaveRolledBack()).toThrow(
      "toHaveRolledBack is about a service, as `swarm.service('web')` returns it, and not about another object",
    );
    expect(() => expect(null).toHaveConverged()).toThrow(
      'toHaveConverged is about a swarm or a service, and not about null',
    );
    expect(() => expect(3).not.toHaveConverged()).toThrow('and not about number');
  });

  test('that looks at the past says so where it was not kept', () => {
    const web = service({}, { trace: { kind: 'off' } });
    expect(() => expect(web).toHaveRolledBack()).toThrow('toHaveRolledBack looks at all that has happened');
    expect(web).toHaveConverged();
    expect(web).toHaveRunning(3);
  });

  test('works on a fork as on the swarm that it comes from', () => {
    const swarm = createSwarm({ workers: 2 });
    swarm.services.create({ name: 'web', image: 'web:v1', replicas: 2 });
    swarm.runUntilSettled();
    const fork = swarm.fork();
    fork.service('web').scale(0);
    fork.runUntilSettled();
    expect(fork.service('web')).not.toHaveKeptRunning({ atLeast: 2 });
    expect(swarm.service('web')).toHaveKeptRunning({ atLeast: 2 });
  });
});
