import { describe, expect, test } from 'vitest';
import { service, serviceSpec } from '../../../../src/docker-cli/engine/service-types.ts';
import { readCsvRecord } from '../../../../src/docker-cli/go/csv.ts';
import { formatAnsic, parseTimestamp } from '../../../../src/docker-cli/go/time.ts';
import {
  bool,
  decode,
  encode,
  map,
  number,
  omit,
  pointer,
  slice,
  struct,
  text,
  time,
} from '../../../../src/docker-cli/go/type.ts';

const shape = struct('x.Shape', {
  Z: text,
  A: omit(number),
  Count: omit(pointer(number)),
  Inner: omit(struct('x.Inner', { On: omit(bool) })),
  List: slice(text),
  Labels: omit(map(text)),
  At: omit(time),
});

describe('a Go struct', () => {
  test('has all its fields once it is decoded, and knows no others', () => {
    expect(decode(shape, { Extra: 1, Count: 0 })).toEqual({
      Z: '',
      A: 0,
      Count: 0,
      Inner: { On: false },
      List: null,
      Labels: null,
      At: '0001-01-01T00:00:00Z',
    });
  });

  test('leaves out what is empty, but never a struct, a time or a pointer to zero', () => {
    const encoded = encode(shape, decode(shape, { Labels: {}, Count: 0 }));

    expect(JSON.stringify(encoded)).toBe('{"Z":"","Count":0,"Inner":{},"List":null,"At":"0001-01-01T00:00:00Z"}');
  });

  test('sorts its maps and shortens its times', () => {
    const encoded = encode(shape, decode(shape, { Labels: { b: '', a: '' }, At: '2024-03-01T10:00:00.500000000Z' }));

    expect(JSON.stringify(encoded)).toContain('"Labels":{"a":"","b":""},"At":"2024-03-01T10:00:00.5Z"');
  });

  test('a service comes back as it was written, in the order of the API', () => {
    const spec = { Mode: { Global: {} }, Labels: {}, Name: 'web' };

    expect(JSON.stringify(encode(serviceSpec, decode(serviceSpec, spec)))).toBe(
      '{"Name":"web","Labels":{},"TaskTemplate":{"ForceUpdate":0},"Mode":{"Global":{}}}',
    );
    expect(encode(service, decode(service, encode(service, decode(service, { ID: 'x' }))))).toEqual(
      encode(service, decode(service, { ID: 'x' })),
    );
  });
});

describe('small things of Go', () => {
  test('CSV fields may be quoted', () => {
    expect(readCsvRecord('a,"b,""c""",')).toEqual(['a', 'b,"c"', '']);
    expect(() => readCsvRecord('a"b')).toThrow('parse error on line 1, column 2: bare " in non-quoted-field');
    expect(() => readCsvRecord('')).toThrow('EOF');
  });

  test('times are read and written', () => {
    expect(parseTimestamp('2024-03-01T10:00:00.25Z')).toBe(Date.UTC(2024, 2, 1, 10) + 250);
    expect(parseTimestamp('yesterday')).toBeUndefined();
    expect(formatAnsic('2024-03-01T10:00:00Z')).toBe('Fri Mar  1 10:00:00 2024');
  });
});
