import { freeze } from 'immer';

/** What users read is deeply frozen. Stored objects are frozen in place: nothing ever changes them. */
export function frozen<T>(value: T): T {
  return freeze(value, true);
}
