import { beforeEach, describe, expect, test } from 'vitest';
import { Session } from './session.ts';

let session: Session;
beforeEach(() => {
  session = new Session({ nodes: [{ name: 'edge', labels: { zone: 'b' }, engineLabels: { disk: 'ssd' } }] });
});

const namesOf = (filters: unknown): string[] =>
  session
    .body('GET', session.filtered('/nodes', filters))
    .map(({ Description }: { Description: { Hostname: string } }) => Description.Hostname);

describe('GET /nodes', () => {
  test.each([
    [{}, ['edge', 'm1', 'w1', 'w2']],
    [{ role: ['Worker'] }, ['edge', 'w1', 'w2']],
    [{ name: ['w'] }, ['w1', 'w2']],
    [{ id: ['m1'] }, ['m1']],
    [{ 'node.label': ['zone=b'] }, ['edge']],
    [{ label: ['disk'] }, ['edge']],
    [{ membership: ['pending'] }, []],
    [{ membership: ['accepted'], role: ['manager'] }, ['m1']],
  ])('with %j', (filters, expected) => {
    expect(namesOf(filters)).toEqual(expected);
  });

  test('words that mean nothing are refused', () => {
    expect(session.refusal('GET', session.filtered('/nodes', { role: ['boss'] }))).toBe(
      "500 Invalid role filter: 'boss'",
    );
    expect(session.refusal('GET', session.filtered('/nodes', { membership: ['old'] }))).toBe(
      "500 Invalid membership filter: 'old'",
    );
    expect(session.refusal('GET', session.filtered('/nodes', { rank: ['1'] }))).toBe("400 invalid filter 'rank'");
  });

  test('only managers have a manager status', () => {
    expect(session.body('GET', '/nodes/m1').ManagerStatus).toEqual({
      Leader: true,
      Reachability: 'reachable',
      Addr: '192.168.0.1:2377',
    });
    expect(session.body('GET', '/nodes/w1').ManagerStatus).toBeUndefined();
  });

  test('every node has an address of its own, and keeps it', () => {
    const addressOf = (name: string) => session.body('GET', `/nodes/${name}`).Status.Addr;
    session.swarm.join({ name: 'late' });
    session.swarm.runUntilSettled();
    const before = ['m1', 'w1', 'w2', 'edge', 'late'].map(addressOf);

    session.swarm.node('w1').remove({ force: true });

    expect(new Set(before).size).toBe(5);
    expect(['m1', 'w2', 'edge', 'late'].map(addressOf)).toEqual([before[0], before[2], before[3], before[4]]);
  });
});

describe('POST /nodes/{ref}/update', () => {
  test('replaces the specification', () => {
    const { Version, Spec } = session.body('GET', '/nodes/w1');
    const body = { ...Spec, Labels: { a: '1' }, Availability: 'Drain' };

    expect(session.call('POST', `/nodes/w1/update?version=${Version.Index}`, { body })).toMatchObject({ status: 200 });

    expect(session.body('GET', '/nodes/w1').Spec).toEqual({
      Labels: { a: '1' },
      Role: 'worker',
      Availability: 'drain',
    });
  });

  test.each([
    ['w1', 'x', {}, `400 invalid node version 'x': strconv.ParseUint: parsing "x": invalid syntax`],
    ['w1', '1', { Role: 'boss', Availability: 'active' }, '400 invalid Role: "boss"'],
    ['w1', '1', { Role: 'worker', Availability: 'gone' }, '400 invalid Availability: "gone"'],
    [
      'w1',
      '99',
      { Role: 'worker', Availability: 'active' },
      '500 rpc error: code = Unknown desc = update out of sequence',
    ],
    ['ghost', '1', { Role: 'worker', Availability: 'active' }, '404 node ghost not found'],
  ])('of %s at version %s with %j is refused', (node, version, body, refusal) => {
    expect(session.refusal('POST', `/nodes/${node}/update?version=${version}`, { body })).toBe(refusal);
  });

  test('the last manager stays one', () => {
    const { Version } = session.body('GET', '/nodes/m1');
    const body = { Role: 'worker', Availability: 'active' };

    expect(session.refusal('POST', `/nodes/m1/update?version=${Version.Index}`, { body })).toBe(
      '400 rpc error: code = FailedPrecondition desc = attempting to demote the last manager of the swarm',
    );
  });
});

test('a node that is ready is only removed by force', () => {
  expect(session.refusal('DELETE', '/nodes/w1')).toBe(
    "400 rpc error: code = FailedPrecondition desc = node w1 is not down and can't be removed",
  );
  expect(session.refusal('DELETE', '/nodes/w1?force=0')).toMatch(/^400/);
  expect(session.call('DELETE', '/nodes/w1?force=1').status).toBe(200);
  expect(session.refusal('GET', '/nodes/w1')).toBe('404 node w1 not found');
});
