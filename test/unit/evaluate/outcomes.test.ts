import { describe, expect, test } from 'vitest';
import { api, rehearsed, resultOf } from './release.ts';

const crashing = 'images: {"api:2": {fails: {after: 1s}}}';

describe('the outcome is the word of the update status', () => {
  test('unchanged: the files change no task', () => {
    const given = { from: api('api:1'), to: api('api:1', '{replicas: 3, labels: {a: b}}') };
    expect(resultOf(given)).toMatchObject({ outcome: 'unchanged', exposure: 0, lowestRunning: 3, wanted: 3 });
  });

  test('created: the service is new, and has no lowest number of what ran before', () => {
    const given = { from: api('api:1'), to: 'services: {web: {image: "web:1", deploy: {mode: global}}}' };
    expect(resultOf(given)).toMatchObject({ outcome: 'created', wanted: 4, exposure: 4 });
    expect(resultOf(given).lowestRunning).toBeUndefined();
  });

  test('completed', () => {
    expect(resultOf({ from: api('api:1'), to: api('api:2') })).toMatchObject({
      outcome: 'completed',
      atRest: true,
      detection: undefined,
      lowestRunning: 2,
      exposure: 3,
      failures: 0,
      versionMix: { 'api:2': 3 },
    });
  });

  test('paused: two of three slots were touched, and what failed goes on failing', () => {
    const { services, underWay } = rehearsed({ from: api('api:1'), to: api('api:2'), scenario: crashing });
    expect(services[0]).toMatchObject({ outcome: 'paused', atRest: false, exposure: 2 });
    expect(services[0]?.detection).toBe(services[0]?.duration);
    expect(underWay[0]).toMatch(/^shop_api keeps failing: \d+ tasks in the last 5m0s$/);
  });

  test('rolled back: the old version runs again', () => {
    const to = api('api:2', '{replicas: 3, update_config: {failure_action: rollback}}');
    expect(resultOf({ from: api('api:1'), to, scenario: crashing })).toMatchObject({
      outcome: 'rolled back',
      atRest: true,
      failures: 1,
      versionMix: { 'api:1': 3 },
    });
  });

  test('rollback paused: the version to go back to fails by now, too', () => {
    const config = '{replicas: 3, update_config: {failure_action: rollback}, rollback_config: {failure_action: pause}}';
    const scenario = 'images: {"api:1": {fails: {after: 1s, attempts: [2]}}, "api:2": {fails: {after: 1s}}}';
    expect(resultOf({ from: api('api:1', config), to: api('api:2', config), scenario }).outcome).toBe(
      'rollback paused',
    );
  });

  test('stuck: a new task never finds a node', () => {
    const to = api('api:2', '{replicas: 3, placement: {constraints: [node.labels.gpu == yes]}}');
    const { services, underWay } = rehearsed({ from: api('api:1'), to });
    expect(services[0]).toMatchObject({ outcome: 'stuck', atRest: false, duration: undefined });
    expect(underWay).toContain('shop_api is being updated');
  });
});

test('a completed update whose containers crash for ever is not at rest, even while they happen to run', () => {
  const scenario = 'images: {"api:2": {fails: {after: 20s}}}';
  const { services } = rehearsed({ from: api('api:1', '{replicas: 1}'), to: api('api:2', '{replicas: 1}'), scenario });
  expect(services[0]).toMatchObject({ outcome: 'completed', atRest: false });
});

test('a rollback has ended when it is completed, though a silent second run changes the status again', () => {
  const config = `{replicas: 6, update_config: {parallelism: 2, order: start-first, failure_action: rollback, monitor: 10s},
    rollback_config: {parallelism: 6, order: start-first, failure_action: continue}}`;
  const scenario = 'images: {"api:2": {start: 1s..4s, fails: {after: 5s}}}';
  const results = [1, 2, 3, 4].map((seed) => {
    const { services, swarm } = rehearsed({ from: api('api:1', config), to: api('api:2', config), scenario, seed });
    return { ...services[0]!, status: swarm.service('shop_api').updateStatus?.state, settledAt: swarm.now };
  });
  const overwritten = results.filter(({ status }) => status === 'completed');
  expect(overwritten.length).toBeGreaterThan(0);
  for (const { outcome, duration, settledAt } of overwritten) {
    expect(outcome).toBe('rolled back');
    expect(settledAt - duration!).toBeGreaterThan(10e6);
  }
});

test('what ran on a machine that crashed has stopped running', () => {
  const from = api('api:1', '{replicas: 2, placement: {constraints: [node.role == worker]}}');
  const scenario = 'cluster: {workers: 1}\nfaults: [{kind: node-crash, node: w1, at: 1s}]\n';
  expect(resultOf({ from, to: from, scenario })).toMatchObject({ outcome: 'unchanged', lowestRunning: 0 });
});

test('a task that replaces a lost one is of no new version', () => {
  const scenario = 'faults: [{kind: node-crash, node: w1, at: 1s}]\n';
  const from = api('api:1', '{replicas: 8}');
  expect(resultOf({ from, to: from, scenario })).toMatchObject({ outcome: 'unchanged', exposure: 0 });
});

test('one seed gives one rehearsal', () => {
  const given = { from: api('api:1'), to: api('api:2'), scenario: 'images: {"api:2": {pull: 5s ± 2s}}' };
  const traceOf = (seed: number) => JSON.stringify(rehearsed({ ...given, seed }).swarm.trace.records);
  const [first, again, other] = [1, 1, 2].map(traceOf);
  expect(again === first).toBe(true);
  expect(other === first).toBe(false);
});
