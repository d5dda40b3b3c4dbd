import { describe, expect, it } from 'vitest';
import { firstDifference, hashOf, type Recorder, type SinkOptions, Trace } from '../../../src/sim/index.ts';

interface BulbRecords {
  'bulb.failed': { readonly bulb: string; readonly hours: number };
}

interface LightRecords {
  'light.switched': { readonly on: boolean };
}

type Records = BulbRecords & LightRecords;

function createTrace(sink?: SinkOptions) {
  const clock = { now: 0 };
  return { clock, trace: new Trace<Records>(sink === undefined ? { clock } : { clock, sink }) };
}

describe('Trace', () => {
  it('keeps flat records with number, instant, author and cause', () => {
    const { clock, trace } = createTrace({ kind: 'full' });

    clock.now = 7;
    const switched = trace.record('light.switched', { on: true }, { by: 'hall' });
    clock.now = 9;
    trace.record('bulb.failed', { bulb: 'b1', hours: 900 }, { by: 'hall/b1', because: switched });

    expect(trace.records).toEqual([
      { seq: 1, at: 7, by: 'hall', kind: 'light.switched', on: true },
      { seq: 2, at: 9, by: 'hall/b1', kind: 'bulb.failed', because: 1, bulb: 'b1', hours: 900 },
    ]);
  });

  it('keeps records of some kinds only, with the numbers that they have among all', () => {
    const { trace } = createTrace({ kind: 'full', only: ['bulb.failed'] });

    expect(trace.record('light.switched', { on: true }, { by: 'hall' })).toBe(1);
    expect(trace.record('bulb.failed', { bulb: 'b1', hours: 900 }, { by: 'hall', because: 1 })).toBe(2);

    expect(trace.records).toEqual([
      { seq: 2, at: 0, by: 'hall', kind: 'bulb.failed', because: 1, bulb: 'b1', hours: 900 },
    ]);
  });

  it('numbers what it omits, and asks for a record of what it keeps', () => {
    const { trace } = createTrace({ kind: 'full', only: ['bulb.failed'] });

    expect(trace.omit('light.switched')).toBe(1);
    expect(trace.omit('bulb.failed')).toBeUndefined();
    expect(trace.record('bulb.failed', { bulb: 'b1', hours: 900 }, { by: 'hall' })).toBe(2);
    expect(createTrace().trace.omit('bulb.failed')).toBe(1);
  });

  it('narrows a record by its kind', () => {
    const { trace } = createTrace({ kind: 'full' });
    trace.record('bulb.failed', { bulb: 'b1', hours: 900 }, { by: 'hall' });

    const [record] = trace.records;

    expect(record?.kind === 'bulb.failed' && record.hours).toBe(900);
  });

  it('serves a layer that knows only its own kinds of record', () => {
    const { trace } = createTrace({ kind: 'full' });
    const layer: Recorder<BulbRecords> = trace;

    layer.record('bulb.failed', { bulb: 'b1', hours: 900 }, { by: 'hall/b1' });
    // @ts-expect-error It cannot write another layer's.
    layer.record('light.switched', { on: true }, { by: 'hall' });

    expect(trace.records.map(({ kind }) => kind)).toEqual(['bulb.failed', 'light.switched']);
  });

  it('keeps nothing when it is off, and numbers records all the same', () => {
    const { trace } = createTrace();

    trace.record('light.switched', { on: true }, { by: 'hall' });

    expect([trace.enabled, trace.records, trace.hash]).toEqual([false, [], undefined]);
    expect(trace.record('light.switched', { on: true }, { by: 'hall' })).toBe(2);
  });

  it('keeps the last records in a ring, oldest first', () => {
    const { trace } = createTrace({ kind: 'ring', size: 3 });
    for (let count = 0; count < 5; count += 1) trace.record('light.switched', { on: true }, { by: 'hall' });

    expect(trace.records.map((record) => record.seq)).toEqual([3, 4, 5]);
  });

  it('hashes records to the value that it always had, whatever the order of keys', () => {
    const one = createTrace({ kind: 'hash' }).trace;
    const other = createTrace({ kind: 'hash' }).trace;

    one.record('bulb.failed', { bulb: 'b1', hours: 900 }, { by: 'hall' });
    other.record('bulb.failed', { hours: 900, bulb: 'b1' }, { by: 'hall' });

    expect(one.hash).toBe('4b6c101591b8364a');
    expect(other.hash).toBe(one.hash);
    expect(one.records).toEqual([]);
  });

  it.each<SinkOptions>([{ kind: 'full' }, { kind: 'ring', size: 3 }, { kind: 'hash' }, { kind: 'off' }])(
    'goes on from a checkpoint on both sides: %j',
    (sink) => {
      const record = (trace: Trace<Records>, on: boolean) => trace.record('light.switched', { on }, { by: 'hall' });
      const straight = createTrace(sink).trace;
      const { trace } = createTrace(sink);
      for (const on of [true, false]) {
        record(straight, on);
        record(trace, on);
      }
      const checkpoint = trace.checkpoint();
      const fork = createTrace(sink).trace;
      fork.restore(checkpoint);

      for (const side of [straight, fork]) for (const on of [true, true, false]) record(side, on);
      record(trace, false);
      trace.restore(checkpoint);
      for (const on of [true, true, false]) record(trace, on);

      for (const side of [fork, trace]) {
        expect(side.records).toEqual(straight.records);
        expect(side.hash).toBe(straight.hash);
      }
    },
  );

  it('refuses the checkpoint of another kind of sink', () => {
    const full = createTrace({ kind: 'full' }).trace;
    const hash = createTrace({ kind: 'hash' }).trace;

    expect(() => hash.restore(full.checkpoint())).toThrow('cannot go on as one that keeps "hash"');
  });
});

describe('firstDifference', () => {
  it('finds the first record that differs, or that one side lacks', () => {
    const [a, b, c] = [{ seq: 1 }, { seq: 2 }, { seq: 3 }];

    expect(firstDifference([a, b], [a, b])).toBeUndefined();
    expect(firstDifference([a, b], [a, c])).toEqual({ index: 1, left: b, right: c });
    expect(firstDifference([a, b], [a])).toEqual({ index: 1, left: b, right: undefined });
  });
});

describe('hashOf', () => {
  it('gives the values that it always gave', () => {
    expect(hashOf({ a: 1, b: [true, null, 'x', 1.5] })).toBe('2f8ceb83cc7ffead');
    expect(hashOf([])).toBe('be4a5e414b33bfbe');
  });

  it('tells values apart that look alike', () => {
    const alike = [
      '',
      0,
      false,
      null,
      undefined,
      [],
      {},
      '0',
      [0],
      ['0'],
      [[]],
      ['a', 'b'],
      ['ab'],
      [{ a: 1 }, {}],
      0.5,
    ];
    const large = [2 ** 32, 2 ** 33, -1, 2 ** 32 - 1, 1e300, Number.NaN, Number.POSITIVE_INFINITY];

    const hashes = [...alike, ...large].map(hashOf);

    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('takes an absent key for undefined', () => {
    expect(hashOf({ a: 1, b: undefined })).toBe(hashOf({ a: 1 }));
  });

  it('refuses what is not plain data', () => {
    for (const value of [new Map(), () => 1, 1n, new Date(0), new Float64Array(1)]) {
      expect(() => hashOf(value)).toThrow('it is not plain data');
    }
  });
});
