import { parseTimestamp } from '../go/time.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * A span in words: `Less than a second`, `About a minute`, `3 weeks` (github.com/docker/go-units, HumanDuration).
 * `milliseconds` may be negative.
 */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / SECOND);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(milliseconds / HOUR + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(milliseconds / HOUR / 24 / 365)} years`;
}

/** How long ago a timestamp is. Go's zero time saturates its durations at 292 years. */
export function ageOf(timestamp: string, now: number): string {
  const at = parseTimestamp(timestamp);
  const longest = 292 * 365 * 24 * HOUR;
  return humanDuration(at === undefined ? longest : Math.min(now - at, longest));
}
