/** Sizes of memory as Docker reads and shows them: powers of 1024. (github.com/docker/go-units size.go) */
import { DryswarmError } from '../base/index.ts';
import { parseFloat64 } from '../go/index.ts';

const POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5 };

/**
 * Reads a size such as `75M`, `1.5g`, `512kb`, `10 KiB` or `1048576`.
 *
 * @throws DryswarmError (`invalid-size`) in Docker's words, such as `invalid size: 'lots'`.
 */
export function parseBytes(text: string): number {
  const end = Math.max(...[...'0123456789. '].map((char) => text.lastIndexOf(char)));
  if (end < 0) throw invalid(`invalid size: '${text}'`);
  const number = text.slice(0, text[end] === ' ' ? end : end + 1);
  const suffix = text.slice(end + 1);
  const parsed = parseFloat64(number);
  if ('problem' in parsed) throw invalid(parsed.problem);
  const size = parsed.value;
  if (size < 0) throw invalid(`invalid size: '${text}'`);
  if (suffix === '') return Math.trunc(size);
  if (suffix.length > 3) throw invalid(`invalid suffix: '${suffix}'`);
  const unit = suffix.toLowerCase();
  if (unit === 'b') return Math.trunc(size);
  const power = POWERS[unit.charAt(0)];
  if (power === undefined || !['', 'b', 'ib'].includes(unit.slice(1))) throw invalid(`invalid suffix: '${unit}'`);
  return Math.trunc(size * 1024 ** power);
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

/** Writes a size with four significant digits: `75MiB`, `985.2MiB`, `1000B`. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${Number(size.toPrecision(4))}${UNITS[unit]}`;
}

function invalid(problem: string): DryswarmError {
  return new DryswarmError('invalid-size', problem, 'a number and a unit (b, k, m, g, t): 512M, 1.5g');
}
