/** Paths in docker's notation: on whichever machine this runs, a Compose file's paths are read the same way. */

/** `path` seen from the folder `folder`, without `.` and `..`. (filepath.Join) */
export function absolutePath(folder: string, path: string): string {
  if (path.startsWith('/')) return path;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The folder that a file is in. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** `C:\x`, `C:/x` or `\\server\share\x`. (cli/compose/loader/windows_path.go) */
export function isWindowsAbsolute(path: string): boolean {
  return /^([a-zA-Z]:|[\\/]{2}[^\\/.][^\\/]*[\\/][^\\/.][^\\/]*)[\\/]/.test(path);
}
