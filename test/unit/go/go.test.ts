import { describe, expect, test } from 'vitest';
import {
  absolutePath,
  canonicalIp,
  formatFloat,
  isUnspecified,
  parseFloat64,
  quote,
  shortestFloat32,
  splitShellWords,
} from '../../../src/go/index.ts';

describe('as Go has it', () => {
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
    expect(splitShellWords('a # b\nc')).toEqual(['a', 'c']);
    expect(splitShellWords('"')).toEqual({ problem: 'EOF found when expecting closing quote' });
    expect(splitShellWords('a\\')).toEqual({ problem: 'EOF found after escape character' });
  });

  test('every notation of the address of everything is known', () => {
    expect(['0.0.0.0', '::', '0:0::0', '::ffff:0.0.0.0'].filter(isUnspecified)).toHaveLength(4);
    expect(isUnspecified('0.0.0.1')).toBe(false);
  });

  test('texts are quoted like %q', () => {
    expect(quote('a"\n\u0001é\u2028')).toBe('"a\\"\\n\\x01é\\u2028"');
  });

  test('paths are cleaned and seen from a folder', () => {
    expect(absolutePath('/srv/app', '../x/./y//z/')).toBe('/srv/x/y/z');
    expect(absolutePath('/srv', '/../a')).toBe('/a');
  });

  test.each([
    ['1.5', 1.5],
    ['.5e1', 5],
    ['1_0', 10],
    ['0x1p-2', 0.25],
    ['-0x_1.8p1', -3],
    ['-Inf', Number.NEGATIVE_INFINITY],
    ['nan', Number.NaN],
  ])('the number %s is read', (text, value) => {
    expect(parseFloat64(text)).toEqual({ value });
  });

  test.each(['', '.', '1_', '_1', '1__0', '0x1', '0xp1', '1e', '+nan', ' 1'])('the number "%s" is refused', (text) => {
    expect(parseFloat64(text)).toEqual({ problem: `strconv.ParseFloat: parsing "${text}": invalid syntax` });
  });

  test('a number that is too large is out of range', () => {
    expect(parseFloat64('1e999')).toEqual({ problem: 'strconv.ParseFloat: parsing "1e999": value out of range' });
  });

  test('numbers are written with an exponent where Go does', () => {
    expect([1, 0.0001, 0.00001, 123456, 1234567, -0, 1e21].map(formatFloat)).toEqual([
      '1',
      '0.0001',
      '1e-05',
      '123456',
      '1.234567e+06',
      '-0',
      '1e+21',
    ]);
    expect(shortestFloat32(0.1)).toBe(0.1);
    expect(shortestFloat32(0.1234567890123)).toBe(0.12345679);
  });
});
