import { describe, expect, test } from 'vitest';
import { type FlagType, flag } from '../../../../src/docker-cli/flags/flag.ts';
import { parseFlags } from '../../../../src/docker-cli/flags/parse.ts';
import * as types from '../../../../src/docker-cli/flags/types.ts';

const SPECS = [
  flag('quiet', types.toggle, 'Say nothing', { short: 'q' }),
  flag('publish', types.list(), 'Ports', { short: 'p' }),
  flag('name', types.text, 'A name'),
  flag('replicas', types.unsigned, 'How many'),
];

const HERE = { env: {}, cwd: '/', readText: () => '' };

function parse(words: string, interspersed = true) {
  return parseFlags(words.split(' '), SPECS, { ...HERE, interspersed });
}

function read<V>(type: FlagType<V>, ...texts: readonly string[]): V | undefined {
  return texts.reduce<V | undefined>(
    (previous, text) => type.read(text, previous, { ...HERE, env: { HOME: '/home/dev' } }),
    undefined,
  );
}

describe('flags', () => {
  test('may stand together, hold their value or be followed by it', () => {
    const { flags, args } = parse('-qp 1 a -p2 -p=3 --name=x --publish 4 b');

    expect(flags.bool('quiet')).toBe(true);
    expect(flags.list('publish')).toEqual(['1', '2', '3', '4']);
    expect(flags.string('name')).toBe('x');
    expect(args).toEqual(['a', 'b']);
  });

  test('end at two dashes, and at the first argument where a command of the container may follow', () => {
    expect(parse('-q -- --name').args).toEqual(['--name']);
    expect(parse('-q image cmd -x', false).args).toEqual(['image', 'cmd', '-x']);
  });

  test('a switch takes a value only behind an equals sign', () => {
    expect(parse('--quiet=false').flags.bool('quiet', true)).toBe(false);
    expect(parse('--quiet false').args).toEqual(['false']);
  });

  test.each([
    ['--nope', 'unknown flag: --nope'],
    ['-x', "unknown shorthand flag: 'x' in -x"],
    ['--name', 'flag needs an argument: --name'],
    ['-qp', "flag needs an argument: 'p' in -p"],
    ['--=x', 'bad flag syntax: --=x'],
    ['-q=maybe', 'invalid argument "maybe" for "-q, --quiet" flag: strconv.ParseBool: parsing "maybe": invalid syntax'],
    ['--replicas=-1', 'invalid argument "-1" for "--replicas" flag: strconv.ParseUint: parsing "-1": invalid syntax'],
  ])('%s is refused in the words of the original', (words, message) => {
    expect(() => parse(words)).toThrow(message);
  });
});

describe('the kinds of flags', () => {
  test('CPUs are exact to a billionth', () => {
    expect(read(types.cpus, '.5')).toBe(500_000_000);
    expect(read(types.cpus, '1/4')).toBe(250_000_000);
    expect(read(types.cpus, '1e-9')).toBe(1);
    expect(() => read(types.cpus, '0.0000000001')).toThrow('value is too precise');
    expect(() => read(types.cpus, 'half')).toThrow('failed to parse half as a rational number');
  });

  test('whole numbers may be written in other bases', () => {
    expect(read(types.unsigned, '0x10')).toBe(16);
    expect(read(types.unsigned, '010')).toBe(8);
    expect(() => read(types.unsigned, '18446744073709551616')).toThrow('value out of range');
  });

  test('a ratio is a float32, written with as few digits as name it', () => {
    expect(read(types.ratio, '.1')).toBe(0.1);
    expect(read(types.ratio, '0.333333333')).toBe(0.33333334);
  });

  test('filters collect values by name, in lower case', () => {
    expect(read(types.filter, 'Label= a=b ', 'label=c', 'role=worker')).toEqual({
      label: ['a=b', 'c'],
      role: ['worker'],
    });
    expect(() => read(types.filter, 'x')).toThrow('bad format of filter (expected name=value)');
  });

  test('a variable without a value takes that of the client', () => {
    expect(read(types.variables, 'A=1', 'HOME', 'NOPE')).toEqual(['A=1', 'HOME=/home/dev', 'NOPE']);
  });

  test('files may be listed with commas', () => {
    expect(read(types.commaList, 'a.yml,b.yml', 'c.yml')).toEqual(['a.yml', 'b.yml', 'c.yml']);
  });
});
