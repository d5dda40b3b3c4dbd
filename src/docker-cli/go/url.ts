/** Go's url.QueryEscape. */
export function escapeQuery(text: string): string {
  return encodeURIComponent(text).replace(MARKS, hex).replaceAll('%20', '+');
}

/** Go's URL.EscapedPath of a path that is not escaped yet. */
export function escapePath(path: string): string {
  return encodeURI(path).replace(/[?#]/g, hex).replace(MARKS, hex);
}

/** JavaScript leaves these as they are. */
const MARKS = /[!'()*]/g;

function hex(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}
