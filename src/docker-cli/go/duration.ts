import { CommandFailure } from '../failure.ts';
import { quote } from './quote.ts';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Whole nanoseconds of a duration in Go's syntax (`time.ParseDuration`). */
export function parseGoDuration(text: string): number {
  const match = /^([+-]?)(.+)$/s.exec(text);
  if (!match) throw invalid(text);
  const [, sign, body] = match;
  if (body === '0') return 0;
  let total = 0;
  let rest = body!;
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) throw invalid(text);
    rest = rest.slice(number.length);
    const unit = /^[^\d.]*/.exec(rest)![0];
    if (unit === '') throw new CommandFailure(`time: missing unit in duration ${quote(text)}`);
    const scale = UNITS[unit];
    if (scale === undefined) throw new CommandFailure(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    total += Math.floor(Number(number) * scale + 1e-6);
    rest = rest.slice(unit.length);
  }
  return sign === '-' ? -total : total;
}

/** A duration as Go prints it: `1m30s`, `1.5s`, `100µs`, `0s`. */
export function formatGoDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 0) return `-${formatGoDuration(-nanoseconds)}`;
  if (nanoseconds < 1e3) return `${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${decimal(nanoseconds, 1e3)}µs`;
  if (nanoseconds < 1e9) return `${decimal(nanoseconds, 1e6)}ms`;
  const minutes = Math.floor(nanoseconds / 60e9);
  const seconds = `${decimal(nanoseconds % 60e9, 1e9)}s`;
  if (minutes === 0) return seconds;
  return minutes < 60 ? `${minutes}m${seconds}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
}

function decimal(value: number, unit: number): string {
  const fraction = String(value % unit)
    .padStart(String(unit).length - 1, '0')
    .replace(/0+$/, '');
  return `${Math.floor(value / unit)}${fraction === '' ? '' : `.${fraction}`}`;
}

function invalid(text: string): CommandFailure {
  return new CommandFailure(`time: invalid duration ${quote(text)}`);
}
