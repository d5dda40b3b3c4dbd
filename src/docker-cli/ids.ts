const SHORT = 12;

/** The short form of an ID, without the name of a digest's algorithm. */
export function shortId(id: string): string {
  return id.slice(id.indexOf(':') + 1).slice(0, SHORT);
}
