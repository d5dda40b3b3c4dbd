/** Reading what the user names. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DryswarmError } from '../base/index.ts';
import { type ComposeFile, type Stack, stackFromCompose } from '../compose/index.ts';

/** Text of a file. @throws DryswarmError (`unreadable-file`) */
export function readText(path: string): string {
  return Buffer.from(readBytes(path)).toString('utf8');
}

/** @throws whatever `mistake` makes of the reason why a file cannot be read. */
export function requireReadable(path: string, mistake: (error: DryswarmError) => DryswarmError): void {
  try {
    readBytes(path);
  } catch (error) {
    throw error instanceof DryswarmError ? mistake(error) : error;
  }
}

/** As of `docker stack deploy --compose-file -`. */
const STANDARD_INPUT = '-';

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path === STANDARD_INPUT ? process.stdin.fd : path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : code === 'EACCES'
            ? 'it may not be read'
            : (error as Error).message;
    throw new DryswarmError('unreadable-file', `${path}: ${why}`);
  }
}

/** The stack that Compose files describe, merged from left to right. @throws ComposeError, DryswarmError */
export function loadStack(paths: readonly string[], namespace: string): Stack {
  const files: ComposeFile[] = paths.map((path) => ({ name: path, content: readBytes(path) }));
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return stackFromCompose(files, {
    namespace,
    env,
    workingDir: dirname(resolve(paths[0] ?? '.')),
    // What is not there is refused where it is named.
    readFile: (path) => (existsSync(path) ? readBytes(path) : undefined),
  });
}
