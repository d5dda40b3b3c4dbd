/** Paths in Unix notation, on whichever machine this runs; no disk is touched. (Go's path/filepath) */

/** `path` seen from `folder`, cleaned. (filepath.Abs) */
export function absolutePath(folder: string, path: string): string {
  return cleanPath(path.startsWith('/') ? path : `${folder}/${path}`);
}

/** An absolute path without `.`, `..` and superfluous slashes. (filepath.Clean) */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
