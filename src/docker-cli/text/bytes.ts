import { CommandFailure } from '../failure.ts';
import { readFloat } from '../go/number.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

/** Bytes with four significant digits and a binary unit: `75MiB`, `985.2MiB` (github.com/docker/go-units, BytesSize). */
export function bytesSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${Number(size.toPrecision(4))}${UNITS[unit]}`;
}

/** Bytes of `75m`, `1.5 GiB`, `512kb`: powers of 1024 (github.com/docker/go-units, RAMInBytes). */
export function parseBytes(text: string): number {
  const match = /^(.*?[\d. ])([^\d. ]*)$/s.exec(text);
  if (!match) throw new CommandFailure(`invalid size: '${text}'`);
  const size = readFloat(match[1]!.replace(/ $/, ''));
  if (size < 0) throw new CommandFailure(`invalid size: '${text}'`);
  const suffix = match[2]!.toLowerCase();
  if (suffix === '' || suffix === 'b') return Math.floor(size);
  const power = 'kmgtp'.indexOf(suffix[0]!) + 1;
  if (power === 0 || !/^.(b|ib)?$/.test(suffix)) {
    throw new CommandFailure(`invalid suffix: '${suffix.length > 3 ? match[2] : suffix}'`);
  }
  return Math.floor(size * 1024 ** power);
}
