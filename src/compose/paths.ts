import { absolutePath } from '../go/index.ts';

/** `path` seen from the folder `folder`; an absolute one stays as it is written. (cli/compose/loader, absPath) */
export function pathIn(folder: string, path: string): string {
  return path.startsWith('/') ? path : absolutePath(folder, path);
}

/** The folder that a file is in. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** `C:\x`, `C:/x` or `\\server\share\x`. (cli/compose/loader/windows_path.go) */
export function isWindowsAbsolute(path: string): boolean {
  return /^([a-zA-Z]:|[\\/]{2}[^\\/.][^\\/]*[\\/][^\\/.][^\\/]*)[\\/]/.test(path);
}
