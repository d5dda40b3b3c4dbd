import { describe, expect, test } from 'vitest';
import { createSwarm, formatTimeline, readTraceFile, timelineOf, traceFileOf } from '../../../src/swarm/index.ts';

function twoServices() {
  const swarm = createSwarm({ managers: 1, workers: 2 });
  swarm.images.define('web:v2', { fails: { after: '3s' } });
  const web = swarm.services.create({ name: 'web', image: 'web:v1', replicas: 3, update: { monitor: '10s' } });
  swarm.services.create({ name: 'db', image: 'db:v1', mode: 'global' });
  swarm.runUntilSettled();
  web.update((spec) => {
    spec.image = 'web:v2';
  });
  swarm.run({ for: '20s' });
  return swarm;
}

describe('a time line', () => {
  test('has one line for the tasks that go the same way in the same instant, by slot', () => {
    const [line] = timelineOf(twoServices().trace.records).filter(({ text }) => text.startsWith('web.1'));
    expect(line?.text).toMatch(/^web\.1, web\.2, web\.3 cannot be placed/);
    expect(line?.records).toHaveLength(3);
    const nodes = timelineOf(twoServices().trace.records).filter(({ text }) => text.startsWith('node m1, node w1'));
    expect(nodes.map(({ text }) => text)).toContain('node m1, node w1, node w2 ready, active');
  });

  test('is in the order of time', () => {
    const times = timelineOf(twoServices().trace.records, { detail: 'all' }).map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('of a service leaves the other services out, and keeps what concerns all', () => {
    const text = formatTimeline(timelineOf(twoServices().trace.records, { service: 'web' }));
    expect(text).toContain('web: paused');
    expect(text).toContain('node w1');
    expect(text).not.toContain('db');
  });

  test('tells the story of a task without the steps that all tasks take, which are in the full one', () => {
    const { records } = twoServices().trace;
    const story = formatTimeline(timelineOf(records));
    const all = formatTimeline(timelineOf(records, { detail: 'all' }));
    expect(story).toContain('failed: task: non-zero exit (1)');
    expect(story).not.toContain('the node had');
    expect(all).toContain(' placed: the node had 0 tasks of the service, 0 in all\n');
    expect(all).toContain('container ');
  });
});

describe('the file of a trace', () => {
  test('gives back what the swarm has recorded', () => {
    const swarm = twoServices();
    const file = readTraceFile(traceFileOf(swarm, 'a test'));
    expect(file).toEqual({ title: 'a test', seed: 1, until: swarm.now, records: swarm.trace.records });
  });

  test.each([
    ['', 'this is not a trace of dryswarm'],
    ['{"format":"other"}\n', 'this is not a trace of dryswarm'],
    ['{"format":"dryswarm-trace","version":2}\n', 'this is a trace of version 2, and not of 1'],
    ['{"format":"dryswarm-trace","version":1}\n{"seq":1,"at"', 'line 2 is not a record'],
    ['42\n', 'line 1 is not a record'],
  ])('that cannot be read is refused: %j', (text, message) => {
    expect(() => readTraceFile(text)).toThrow(message);
  });
});
