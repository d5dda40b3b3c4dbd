import { describe, expect, test } from 'vitest';
import '../../../src/vitest/index.ts';
import { failureOf, release, service, swarmOf } from './worlds.ts';

function paused() {
  const web = service();
  release(web, 'web:v2');
  return web;
}

describe('a time line', () => {
  test('is matched by parts of its lines, patterns and parts of its records, in their order', () => {
    expect(paused()).toMatchTimeline([
      'service web created',
      /^300ms web\.1.* running$/,
      { kind: 'update.changed', state: 'updating' },
      'failed: task: non-zero exit (1)',
      { kind: 'update.changed', state: 'paused' },
    ]);
  });

  test('has an order', () => {
    const web = paused();
    expect(web).not.toMatchTimeline(['web: paused', 'web: updating']);
    expect(failureOf(() => expect(web).toMatchTimeline(['web: paused', 'web: updating']))).toMatch(
      /^expected web to match a time line of 2 lines; there is no "web: updating" after \S+ \(web: paused \(/,
    );
  });

  test('gives each line to one pattern only', () => {
    const web = paused();
    expect(web).toMatchTimeline(['service web created']);
    expect(web).not.toMatchTimeline(['service web created', 'service web created']);
  });

  test('takes an instant as the beginning of a line only', () => {
    const web = paused();
    expect(web).toMatchTimeline(['0s service web created']);
    expect(web).not.toMatchTimeline(['00ms web.1']);
  });

  test('of a service does not tell of others, that of the swarm does', () => {
    const web = paused();
    const swarm = swarmOf(web);
    swarm.services.create({ name: 'db', image: 'db' });
    expect(web).not.toMatchTimeline(['service db created']);
    expect(swarm).toMatchTimeline(['service web created', 'service db created']);
  });

  test('that was not expected is told with where it ends', () => {
    expect(failureOf(() => expect(paused()).not.toMatchTimeline(['service web created']))).toMatch(
      /^expected web not to match a time line of 1 line; it does, up to 0s\n/,
    );
  });
});
