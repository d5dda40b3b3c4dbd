import { describe, expect, test } from 'vitest';
import { type Mapping, type Node, Timestamp } from '../../../src/compose/tree.ts';
import { naturalOrder } from '../../../src/compose/yaml/natural-order.ts';
import { parseYaml } from '../../../src/compose/yaml/parse.ts';
import { resolvePlain } from '../../../src/compose/yaml/scalar.ts';
import { writeYaml } from '../../../src/compose/yaml/write.ts';

describe('unquoted scalars', () => {
  test.each([
    ['010', 8n],
    ['0o10', 8n],
    ['0x1F', 31n],
    ['-0b11', -3n],
    ['1_000', 1000n],
    ['18446744073709551615', 18446744073709551615n],
    ['18446744073709551616', 18446744073709552000],
    ['08', 8],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1e999', '1e999'],
    ['yes', 'yes'],
    ['off', 'off'],
    ['True', true],
    ['~', null],
    ['1:30', '1:30'],
    ['+', '+'],
    ['2024-13-01', '2024-13-01'],
    ['2023-02-29', '2023-02-29'],
  ])('%s is %s', (text, value) => {
    expect(resolvePlain(text)).toBe(value);
  });

  test('a date is a time', () => {
    const time = resolvePlain('2024-1-2T3:4:5.60+02:00') as Timestamp;
    expect(time).toBeInstanceOf(Timestamp);
    expect([time.text, time.rfc3339]).toEqual(['2024-01-02 03:04:05.6 +0200 +0200', '2024-01-02T03:04:05.6+02:00']);
  });
});

describe('what goes on in the next lines', () => {
  test.each([
    ['a collection in braces', 'a: {\nb: 1,\n}\nc: [\n"d",\n e\n]\n', { a: { b: 1n }, c: ['d', 'e'] }],
    ['a quoted text', 'a: "b\nc"\nd: \'e\n\nf\'\n', { a: 'b c', d: 'e\nf' }],
    ['the whole document', '{a: {b: 1,\r\nc: 2}}\r\n', { a: { b: 1n, c: 2n } }],
  ])('%s may begin in any column', (_what, text, value) => {
    expect(plain(parseYaml(text, 'x.yml')!)).toEqual(value);
  });

  test('stands where it is written', () => {
    const tree = parseYaml('a: {\nb: 1,\n  c: 2 }\n', 'x.yml') as Mapping;
    const { entries } = tree.entries[0]!.value as Mapping;
    expect(entries.map(({ keyAt: { line, column } }) => [line, column])).toEqual([
      [2, 1],
      [3, 3],
    ]);
  });

  function plain(node: Node): unknown {
    if (node.kind === 'scalar') return node.value;
    if (node.kind === 'sequence') return node.items.map(plain);
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  }
});

describe('mistakes, in the words of the parser that docker uses', () => {
  test.each([
    ['a: b: c\n', 'yaml: mapping values are not allowed in this context'],
    ['a:\n  - b\n c: d\n', 'yaml: line 2: did not find expected key'],
    ['a: [1, 2\nb: 3\n', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: "x\n', 'yaml: line 2: found unexpected end of stream'],
    ['\n\na: "\\q"\n', 'yaml: line 3: found unknown escape character'],
    ['a:\n\tb: 1\n', 'yaml: line 2: found character that cannot start any token'],
    ['a: @x\n', 'yaml: found character that cannot start any token'],
    ['a: *x\n', "yaml: unknown anchor 'x' referenced"],
    ['a: &\n', 'yaml: did not find expected alphabetic or numeric character'],
    ['a: !x!y z\n', 'yaml: found undefined tag handle'],
    ['a: |0\n', 'yaml: found an indentation indicator equal to 0'],
    ['%foo\n---\na: b\n', 'yaml: found unknown directive name'],
    ['a: !!int b\n', 'yaml: cannot decode !!str `b` as a !!int'],
    ['<<: 1\n', 'yaml: map merge requires map or sequence of maps as the value'],
    [
      'a: 1\na: 2\na: 3\n',
      'yaml: unmarshal errors:\n  line 2: mapping key "a" already defined at line 1\n  line 3: mapping key "a" already defined at line 1\n  line 3: mapping key "a" already defined at line 2',
    ],
  ])('%j', (text, message) => {
    expect(() => parseYaml(text, 'a.yml')).toThrowError(expect.objectContaining({ message, stage: 'yaml' }));
  });

  test('only the first document counts', () => {
    expect(parseYaml('a: 1\n---\n]]]\n', 'a.yml')).toMatchObject({ kind: 'mapping' });
  });
});

describe('writing', () => {
  test.each([
    ['plain', 'plain'],
    ['', '""'],
    ['y', '"y"'],
    ['1e3', '"1e3"'],
    ['<<', '<<'],
    ['12:30', '"12:30"'],
    [' lead', "' lead'"],
    ["it's: x", "'it''s: x'"],
    ['tab\there', '"tab\\there"'],
    ['\u0007é\u2028😀', '"\\aé\\L\\U0001F600"'],
    ['-', "'-'"],
    ['-x', '-x'],
    ['# c', "'# c'"],
    ['a #b', "'a #b'"],
    ['a#b', 'a#b'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\n', '|\n  a'],
    ['a\n\n', '|+\n  a\n'],
    [' a\nb', '|2-\n   a\n  b'],
    ['a \nb', '"a \\nb"'],
    ['\na', '|2-\n  a'],
    ['\ufeffa', '"\\uFEFF\\x61"'],
  ])('%j is written as %s', (text, written) => {
    expect(writeYaml(new Map([['k', text]]))).toBe(`k: ${written}\n`);
  });

  test('keys are ordered as a person would', () => {
    const keys = ['web10', 'web9', 'Web', 'a_b', 'a-b', 'ab', 'a1', '10', '9'];
    expect([...keys].sort(naturalOrder)).toEqual(['9', '10', 'Web', 'a-b', 'a_b', 'a1', 'ab', 'web9', 'web10']);
  });
});
