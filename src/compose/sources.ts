import { ComposeError, type Position } from './problem.ts';

/** A Compose file: its name as it is to be shown, and what is in it; undefined if it does not exist. */
export interface ComposeFile {
  readonly name: string;
  readonly content: string | Uint8Array | undefined;
}

/** Ten times the largest file in use. The worst text of this size takes seconds, not minutes. */
export const DEFAULT_MAX_BYTES = 1024 * 1024;

/**
 * The text of a file: UTF-8, or UTF-16 with a byte order mark. Docker's reader also refuses control characters.
 * (go.yaml.in/yaml/v3 readerc.go)
 */
export function textOf(file: ComposeFile, maxBytes: number): string {
  const start: Position = { file: file.name, line: 1, column: 1 };
  if (file.content === undefined) throw new ComposeError('read', `open ${file.name}: no such file or directory`, start);
  if (file.content.length > maxBytes) {
    const size = (file.content.length / 1024 / 1024).toFixed(1);
    const limit = (maxBytes / 1024 / 1024).toFixed(1);
    throw new ComposeError('read', `${file.name} is too large: ${size} MiB, the limit is ${limit} MiB`, start);
  }
  const text = typeof file.content === 'string' ? file.content.replace(/^\uFEFF/, '') : decode(file.content, start);
  const bad = CONTROL_CHARACTER.exec(text);
  if (bad) throw new ComposeError('yaml', 'yaml: control characters are not allowed', placeOf(text, bad.index, start));
  return text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/;

function decode(bytes: Uint8Array, start: Position): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const swapped = bytes.slice(0, bytes.length - (bytes.length % 2));
    for (let index = 0; index + 1 < swapped.length; index += 2) {
      [swapped[index], swapped[index + 1]] = [swapped[index + 1]!, swapped[index]!];
    }
    return new TextDecoder('utf-16le').decode(swapped);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const { index, problem } = firstInvalidOctet(bytes);
    const before = new TextDecoder('utf-8').decode(bytes.subarray(0, index));
    const hint = 'save the file as UTF-8, or as UTF-16 with a byte order mark';
    throw new ComposeError('yaml', `yaml: ${problem}`, placeOf(before, before.length, start), hint);
  }
}

function firstInvalidOctet(bytes: Uint8Array): { index: number; problem: string } {
  for (let index = 0; index < bytes.length; ) {
    const lead = bytes[index]!;
    const width = lead < 0x80 ? 1 : lead >> 5 === 6 ? 2 : lead >> 4 === 14 ? 3 : lead >> 3 === 30 ? 4 : 0;
    if (width === 0) return { index, problem: 'invalid leading UTF-8 octet' };
    if (index + width > bytes.length) return { index, problem: 'incomplete UTF-8 octet sequence' };
    for (let offset = 1; offset < width; offset += 1) {
      if (bytes[index + offset]! >> 6 !== 2) return { index, problem: 'invalid trailing UTF-8 octet' };
    }
    index += width;
  }
  // Well formed octets that still do not decode: overlong forms and surrogates.
  return { index: 0, problem: 'invalid length of a UTF-8 sequence' };
}

function placeOf(text: string, index: number, start: Position): Position {
  const lines = text.slice(0, index).split('\n');
  return { file: start.file, line: lines.length, column: lines.at(-1)!.length + 1 };
}
