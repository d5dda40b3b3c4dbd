import { invalid } from './refusal.ts';

/** The newest API version that the engine speaks; calls without a version mean it. */
export const API_VERSION = '1.50';
/** The oldest. */
export const MIN_API_VERSION = '1.24';

/** Whether one API version is older than another: part by part, as numbers. */
export function isOlder(version: string, than: string): boolean {
  const left = version.split('.').map(Number);
  const right = than.split('.').map(Number);
  for (let part = 0; part < Math.max(left.length, right.length); part += 1) {
    const difference = (left[part] || 0) - (right[part] || 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** @throws Refusal for a version that the engine does not speak. (moby daemon/server/middleware/version.go) */
export function checkVersion(version: string): void {
  if (isOlder(version, MIN_API_VERSION)) {
    throw invalid(
      `client version ${version} is too old. Minimum supported API version is ${MIN_API_VERSION}, please upgrade your client to a newer version`,
    );
  }
  if (isOlder(API_VERSION, version)) {
    throw invalid(`client version ${version} is too new. Maximum supported API version is ${API_VERSION}`);
  }
}
