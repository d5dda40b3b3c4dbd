/** Floating-point numbers as Go's strconv package reads and writes them. */
import { quote } from './quote.ts';

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const HEXADECIMAL = /^([-+]?)0x([\da-f]*)\.?([\da-f]*)p([-+]?\d+)$/i;

/**
 * `strconv.ParseFloat` with 64 bits: decimal or hexadecimal, with underscores between digits, `inf` and `nan`.
 *
 * @returns the number, or Go's text about what is wrong with it.
 */
export function parseFloat64(text: string): { readonly value: number } | { readonly problem: string } {
  if (/^[-+]?inf(inity)?$/i.test(text)) return { value: text.startsWith('-') ? -Infinity : Infinity };
  if (/^nan$/i.test(text)) return { value: Number.NaN };
  const value = hasStrayUnderscore(text) ? undefined : read(text.replaceAll('_', ''));
  if (value === undefined) return { problem: `strconv.ParseFloat: parsing ${quote(text)}: invalid syntax` };
  if (!Number.isFinite(value)) return { problem: `strconv.ParseFloat: parsing ${quote(text)}: value out of range` };
  return { value };
}

/** An underscore has a digit on either side, or follows the `0x`. */
function hasStrayUnderscore(text: string): boolean {
  const isHex = /^[-+]?0x/i.test(text);
  return (isHex ? /(?<![\da-fx])_|_(?![\da-f])/i : /(?<!\d)_|_(?!\d)/).test(text);
}

function read(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text);
  const [, sign, whole = '', fraction = '', exponent] = HEXADECIMAL.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  const size = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -size : size;
}

/** Shortest decimal form, with an exponent from `1e-05` down and from `1e+06` up. (strconv.FormatFloat, 'g') */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  // Between these JavaScript writes plain decimals, too.
  if (exponent >= -4 && exponent < 6) return String(value);
  const size = Math.abs(exponent);
  return `${digits}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
}

/** The number whose shortest text is the shortest text of `value` as a 32-bit float: what Go's encoders print. */
export function shortestFloat32(value: number): number {
  const target = Math.fround(value);
  for (let precision = 1; precision <= 9; precision += 1) {
    const candidate = Number(target.toPrecision(precision));
    if (Math.fround(candidate) === target) return candidate;
  }
  return target;
}
