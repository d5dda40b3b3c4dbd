/** Values of a query as the daemon reads them (moby daemon/server/httputils/form.go, Go's strconv). */
import type { Call } from './call.ts';
import { invalid } from './refusal.ts';

const NO = ['', '0', 'no', 'false', 'none'];
const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];
const MAX_UINT64 = 18_446_744_073_709_551_615n;

/** A switch that is on with whatever value, unless it says no. */
export function isOn({ query }: Call, name: string): boolean {
  return !NO.includes((query.get(name) ?? '').trim().toLowerCase());
}

/** A switch that takes Go's booleans only; absent or empty: false. */
export function booleanOf({ query }: Call, name: string): boolean {
  const text = query.get(name) ?? '';
  if (text === '' || FALSE.includes(text)) return false;
  if (TRUE.includes(text)) return true;
  throw invalid(
    `invalid value for ${name}: ${text}: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** The version of an object that an update is based on; `undefined` where it is no number. */
export function versionOf({ query }: Call): number | undefined {
  const text = query.get('version') ?? '';
  return parseProblem(text) === undefined ? Number(text) : undefined;
}

/** The same, refused in the words for services, nodes and swarms. */
export function requiredVersionOf(call: Call, noun: string): number {
  const version = versionOf(call);
  if (version !== undefined) return version;
  const text = call.query.get('version') ?? '';
  throw invalid(`invalid ${noun} version '${text}': strconv.ParseUint: parsing "${text}": ${parseProblem(text)}`);
}

function parseProblem(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return 'invalid syntax';
  return BigInt(text) > MAX_UINT64 ? 'value out of range' : undefined;
}
