import { describe, expect, test } from 'vitest';
import { service, serviceSpec } from '../../../../src/docker-cli/engine/service-types.ts';
import { readCsvRecord } from '../../../../src/docker-cli/go/csv.ts';
import { canonicalIp } from '../../../../src/docker-cli/go/ip.ts';
import { quote } from '../../../../src/docker-cli/go/quote.ts';
import { splitShellWords } from '../../../../src/docker-cli/go/shell-words.ts';
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

  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['010.0.0.1', undefined],
    ['1.2.3', undefined],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8::0:1', '2001:db8::1'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['1::2::3', undefined],
    ['::', '::'],
    ['fe80::1:0:0:1', 'fe80::1:0:0:1'],
  ])('the address %s is %s', (written, canonical) => {
    expect(canonicalIp(written)).toBe(canonical);
  });

  test('words are split with quotes and escapes', () => {
    expect(splitShellWords(`sh -c 'a b' "c \\"d\\"" e\\ f ''`)).toEqual(['sh', '-c', 'a b', 'c "d"', 'e f', '']);
    expect(() => splitShellWords('"')).toThrow('EOF found when expecting closing quote');
  });

  test('texts are quoted like %q, times read and written', () => {
    expect(quote('a"\n\u0001é')).toBe('"a\\"\\n\\x01é"');
    expect(parseTimestamp('2024-03-01T10:00:00.25Z')).toBe(Date.UTC(2024, 2, 1, 10) + 250);
    expect(parseTimestamp('yesterday')).toBeUndefined();
    expect(formatAnsic('2024-03-01T10:00:00Z')).toBe('Fri Mar  1 10:00:00 2024');
  });
});
