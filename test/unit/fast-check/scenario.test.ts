import { describe, expect, test } from 'vitest';
import { Scenario, type ScenarioParts, type Step } from '../../../src/fast-check/index.ts';
import { runCode } from './printed.ts';

function scenario(parts: Partial<ScenarioParts> = {}): Scenario {
  return new Scenario({
    cluster: { managers: 1, workers: 2 },
    images: {},
    service: { name: 'web', image: 'web:v1', replicas: 3 },
    steps: [{ do: 'release', image: 'web:v2' }],
    ...parts,
  });
}

describe('a scenario', () => {
  test('gives the same run each time', () => {
    const one = scenario();
    expect(one.run().swarm.trace.records).toEqual(one.run().swarm.trace.records);
  });

  test('tells how the service fared: the fewest that ran, and how the release ended', () => {
    const run = scenario({ images: { 'web:v2': { fails: { after: '0s' } } } }).run();
    expect(run.service().outcome).toBe('paused');
    expect(run.service('web').running).toMatchObject({ min: 2, max: 3 });
    expect(run.isSettled).toBe(false);
    expect(run.underWay.join()).toContain('web.');
  });

  test('is the same with another policy, and leaves the first as it was', () => {
    const bad = scenario({ images: { 'web:v2': { fails: { after: '0s' } } } });
    const rolledBack = bad.withUpdate({ failureAction: 'rollback' }).run();
    expect(rolledBack.service().outcome).toBe('rolled back');
    expect(rolledBack.isSettled).toBe(true);
    expect(bad.run().service().outcome).toBe('paused');
    const slow = bad.withUpdate({ failureAction: 'rollback' }).withRollback({ delay: '30s' });
    expect(slow.parts.service.rollback).toEqual({ delay: '30s' });
    expect(slow.withService({ replicas: 1 }).run().service().running.max).toBe(1);
  });

  test('says so where its service never comes to rest before anything is done to it', () => {
    const impossible = scenario({
      service: { name: 'web', image: 'web:v1', constraints: ['node.labels.disk == ssd'] },
    });
    expect(() => impossible.run()).toThrow(
      'the service does not come to rest before anything is done to it:\n  web.1 is pending',
    );
  });

  test('goes on where the swarm refuses something: a rollback to nothing', () => {
    const run = scenario({ steps: [{ do: 'rollback' }] }).run();
    expect(run.swarm.trace.records.some(({ kind }) => kind === 'api.refused')).toBe(true);
    expect(run.service().running.now).toBe(3);
  });

  test('shows the swarm to an observer whenever something has happened', () => {
    const seen: number[] = [];
    scenario().run({ observe: (swarm) => seen.push(swarm.service('web').running) });
    expect(Math.min(...seen)).toBe(2);
    expect(seen.length).toBeGreaterThan(20);
    const boom = () => {
      throw new Error('seen');
    };
    expect(() => scenario().run({ observe: boom })).toThrow('seen');
  });
});

const STEPS: Readonly<Record<Step['do'], Step>> = {
  wait: { do: 'wait', for: '3s' },
  release: { do: 'release', image: 'web:v2' },
  scale: { do: 'scale', replicas: 5 },
  'force-update': { do: 'force-update' },
  rollback: { do: 'rollback' },
  drain: { do: 'drain', node: 'w1' },
  pause: { do: 'pause', node: 'w1' },
  activate: { do: 'activate', node: 'w1' },
  'node-crash': { do: 'node-crash', node: 'w1', for: '20s' },
  'node-freeze': { do: 'node-freeze', node: 'w1', for: '20s' },
  'node-disconnect': { do: 'node-disconnect', node: 'w1', for: '20s' },
  'leader-crash': { do: 'leader-crash', for: '20s' },
  'container-crash': { do: 'container-crash', slot: 1 },
};

/** What a step leaves in the trace. */
const TRACES: Readonly<Record<Step['do'], RegExp>> = {
  wait: /./,
  release: /"kind":"service.updated".*"image":"web:v2"/,
  scale: /"slot":5/,
  'force-update': /"op":"updateService"/,
  rollback: /"kind":"update.changed".*"state":"rollback_started"/,
  drain: /"availability":"drain"/,
  pause: /"availability":"pause"/,
  activate: /"op":"updateNode"/,
  'node-crash': /"fault":"crash","target":"w1".*"fault":"boot","target":"w1"/,
  'node-freeze': /"fault":"freeze","target":"w1".*"fault":"thaw","target":"w1"/,
  'node-disconnect': /"fault":"disconnect","target":"w1".*"fault":"reconnect","target":"w1"/,
  'leader-crash': /"fault":"crash","target":"m1".*"fault":"boot","target":"m1"/,
  'container-crash': /"fault":"exit 1"/,
};

describe('a step', () => {
  test.each(Object.entries(STEPS))('%s does what it says, and so does its code', (kind, step) => {
    const steps: Step[] = [
      { do: 'release', image: 'web:v3' },
      { do: 'wait', for: '1m' },
      step,
      { do: 'wait', for: '30s' },
    ];
    const one = scenario({ cluster: { managers: 3, workers: 2 }, steps });
    const { records } = one.run().swarm.trace;
    expect(JSON.stringify(records)).toMatch(TRACES[kind as Step['do']]);
    expect(runCode(String(one)).trace.records).toEqual(records);
  });
});
