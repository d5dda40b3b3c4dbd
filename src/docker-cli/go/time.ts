/** Milliseconds since the Unix epoch of RFC 3339 text in UTC; the fraction keeps microseconds. Undefined where it is none. */
export function parseTimestamp(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return undefined;
  const whole = Date.parse(`${match[1]}${match[3]}`);
  return Number.isNaN(whole) ? undefined : whole + Number(match[2] ?? 0) * 1000;
}

/** A time as Go prints it: `2024-03-01 10:00:00.5 +0000 UTC`. */
export function formatGoTime(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)Z$/, '$1 $2 +0000 UTC');
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Go's ANSIC layout, `Fri Mar  1 10:00:00 2024`; text that is no timestamp stays as it is. */
export function formatAnsic(text: string): string {
  const at = parseTimestamp(text);
  if (at === undefined) return text;
  const date = new Date(at);
  const day = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  return `${day} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()}`;
}
