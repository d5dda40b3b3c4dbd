import { expect, test } from 'vitest';
import '../../../src/vitest/index.ts';
import { failureOf, release, service, swarmOf } from './worlds.ts';

test('what runs as it is wanted has converged: a service, and the swarm', () => {
  const web = service();
  expect(web).toHaveConverged();
  expect(swarmOf(web)).toHaveConverged();
  expect(failureOf(() => expect(web).not.toHaveConverged())).toMatch(
    /^expected web not to have converged; everything is as it is wanted\n/,
  );
});

test('an update in progress has not, and neither has the swarm', () => {
  const web = service();
  release(web, 'web:v3', '100ms');
  expect(failureOf(() => expect(web).toHaveConverged())).toMatch(
    /^expected web to have converged; web is being updated/,
  );
  expect(failureOf(() => expect(swarmOf(web)).toHaveConverged())).toContain(
    'expected the swarm to have converged; web is',
  );
});

test('a paused update has not: what it has not come to is of an older specification', () => {
  const web = service({ replicas: 6 });
  release(web, 'web:v2', '4.5s');
  swarmOf(web).images.define('web:v2', {});
  swarmOf(web).runUntilSettled();
  expect(web).toHavePausedUpdate();
  expect(failureOf(() => expect(web).toHaveConverged())).toMatch(
    /web\.\d, web\.\d(, web\.\d)* still have an older specification/,
  );
});

test('a task that finds no node keeps a service from it, and says why', () => {
  const web = service();
  web.update((spec) => {
    spec.constraints = ['node.labels.disk == ssd'];
  });
  swarmOf(web).run({ for: '10s' });
  expect(failureOf(() => expect(web).toHaveConverged())).toContain(
    'no suitable node (scheduling constraints not satisfied',
  );
});

test('another service does not matter', () => {
  const web = service();
  const swarm = swarmOf(web);
  const web2 = swarm.services.create({ name: 'web2', image: 'web:v2' });
  swarm.run({ for: '4s' });
  expect(web).toHaveConverged();
  expect(web2).not.toHaveConverged();
  expect(swarm).not.toHaveConverged();
});

test('a scale-down to nothing has converged when nothing runs', () => {
  const web = service();
  web.scale(0);
  expect(web).not.toHaveConverged();
  swarmOf(web).runUntilSettled();
  expect(web).toHaveConverged();
});
