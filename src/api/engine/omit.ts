/** The fields that Go's JSON would write with `omitempty`: null, '', 0, false and empty lists are left out, `{}` stays. */
export function omitEmpty<T extends object>(fields: { readonly [K in keyof T]?: T[K] | null | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))) as T;
}

/** A mapping with something in it, or undefined. */
export function nonEmptyMap<T extends object>(map: T | null | undefined): T | undefined {
  return map && Object.keys(map).length > 0 ? map : undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return Array.isArray(value) && value.length === 0;
}
