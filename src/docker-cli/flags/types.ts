import { parseBytes, parseDuration } from '../../api/index.ts';
import { shortestFloat32, splitShellWords } from '../../go/index.ts';
/** The kinds of flags that several commands use (github.com/spf13/pflag and docker/cli opts/). */

import { CommandFailure } from '../failure.ts';
import { readCsvRecord } from '../go/csv.ts';
import { readBool, readFloat, readInt, readUint } from '../go/number.ts';
import type { FlagEnvironment, FlagType } from './flag.ts';

export const toggle: FlagType<boolean> = { name: '', implied: 'true', read: readBool };

export const text: FlagType<string> = { name: 'string', read: (value) => value };

export const integer: FlagType<number> = { name: 'int', read: (value) => readInt(value, { base: 0, bits: 64 }) };

export const unsigned: FlagType<number> = { name: 'uint', read: (value) => readUint(value, { base: 0, bits: 64 }) };

export const unsigned32: FlagType<number> = {
  name: 'uint32',
  read: (value) => readUint(value, { base: 0, bits: 32 }),
};

/** A float32, such as a failure ratio. */
export const ratio: FlagType<number> = { name: 'float', read: (value) => shortestFloat32(readFloat(value)) };

/** Whole nanoseconds. */
export const duration: FlagType<number> = { name: 'duration', read: parseDuration };

export const positiveDuration: FlagType<number> = {
  name: 'duration',
  read(value) {
    const nanoseconds = parseDuration(value);
    if (nanoseconds < 0) throw new CommandFailure('duration cannot be negative');
    return nanoseconds;
  },
};

export const size: FlagType<number> = { name: 'bytes', read: parseBytes };

/** CPUs as whole nano-CPUs. */
export const cpus: FlagType<number> = { name: 'decimal', read: parseCpus };

/** Words split by shell rules; a later occurrence replaces an earlier one. */
export const words: FlagType<readonly string[]> = { name: 'command', read: commandWords };

/** @throws CommandFailure for a quote that is not closed. */
export function commandWords(line: string): readonly string[] {
  const split = splitShellWords(line);
  if ('problem' in split) throw new CommandFailure(split.problem);
  return split;
}

/** A list with one element per occurrence. `check` may refuse or replace an element. */
export function list(check?: (value: string, environment: FlagEnvironment) => string): FlagType<readonly string[]> {
  return {
    name: 'list',
    read: (value, previous, environment) => [...(previous ?? []), check ? check(value, environment) : value],
  };
}

/** A list whose occurrences may hold several elements, separated by commas. */
export const commaList: FlagType<readonly string[]> = {
  name: 'strings',
  read: (value, previous) => [...(previous ?? []), ...(value === '' ? [] : readCsvRecord(value))],
};

export type Filters = Readonly<Record<string, readonly string[]>>;

/** `name=value` pairs for the daemon. */
export const filter: FlagType<Filters> = {
  name: 'filter',
  read(value, previous = {}) {
    if (value === '') return previous;
    const at = value.indexOf('=');
    if (at < 0) throw new CommandFailure('bad format of filter (expected name=value)');
    return addFilter(previous, value.slice(0, at).trim().toLowerCase(), value.slice(at + 1).trim());
  },
};

export function addFilter(filters: Filters, name: string, value: string): Filters {
  return { ...filters, [name]: [...(filters[name] ?? []), value] };
}

/** A label: its name must not be empty nor hold spaces. */
export const labels = list((value) => {
  const name = value.split('=', 1)[0]!.replace(/^[ \t]+/, '');
  if (name === '') throw new CommandFailure(`invalid label '${value}': empty name`);
  if (/[ \t]/.test(name)) throw new CommandFailure(`label '${name}' contains whitespaces`);
  return value;
});

/** A variable; without a value it takes that of the client's own environment. */
export const variables = list((value, { env }) => {
  const at = value.indexOf('=');
  const name = at < 0 ? value : value.slice(0, at);
  if (name === '') throw new CommandFailure(`invalid environment variable: ${value}`);
  return at < 0 && Object.hasOwn(env, name) ? `${name}=${env[name]}` : value;
});

/** `key=value` texts as a map; a missing value is empty. */
export function keyValues(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** A decimal or a fraction (`1/2`), exact to a billionth. */
function parseCpus(value: string): number {
  const fraction = /^([+-]?\d+)\/(\d+)$/.exec(value);
  const decimal = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(value);
  let numerator: bigint;
  let denominator = 1n;
  if (fraction && !/^0+$/.test(fraction[2]!)) {
    numerator = BigInt(fraction[1]!);
    denominator = BigInt(fraction[2]!);
  } else if (decimal && decimal[2]! + decimal[3]! !== '') {
    const exponent = Number(decimal[4] ?? 0) - decimal[3]!.length;
    if (Math.abs(exponent) > 100) throw new CommandFailure('value is too precise');
    numerator = BigInt(`${decimal[2]}${decimal[3]}`) * (decimal[1] === '-' ? -1n : 1n);
    if (exponent > 0) numerator *= 10n ** BigInt(exponent);
    else denominator = 10n ** BigInt(-exponent);
  } else throw new CommandFailure(`failed to parse ${value} as a rational number`);
  const nanos = numerator * 1_000_000_000n;
  if (nanos % denominator !== 0n) throw new CommandFailure('value is too precise');
  return Number(nanos / denominator);
}
