import { pathIn } from './paths.ts';
import { ComposeError, type Position } from './problem.ts';
import type { Lookup } from './template.ts';
import { itemsOf, partsOf, type Traced, traced, tracedRecord } from './traced.ts';

/** Reads a file by its absolute path; undefined if there is none. */
export type ReadFile = (path: string) => string | Uint8Array | undefined;

export interface Surroundings {
  readonly workingDir: string;
  readonly lookup: Lookup;
  readonly readFile: ReadFile;
  /** Takes what docker writes to its log. */
  readonly warn: (text: string) => void;
}

/**
 * A service's environment: what `env_file` names, then `environment` over it. Where the value is null or empty and the
 * surrounding process has the variable, the process wins. (cli/compose/loader/loader.go resolveEnvironment)
 *
 * @throws ComposeError for a missing or malformed file.
 */
export function resolveEnvironment(service: ReadonlyMap<string, Traced>, around: Surroundings): Traced | undefined {
  const [files, own] = [service.get('env_file'), service.get('environment')];
  if (!files && !own) return undefined;
  const resolved = new Map<string, Traced>();
  const add = (name: string, variable: Traced): void => {
    const outer = variable.value === null || variable.value === '' ? around.lookup(name) : undefined;
    resolved.set(name, outer === undefined ? variable : { ...variable, value: outer });
  };
  const fromFiles = new Map<string, Traced>();
  for (const file of files ? itemsOf(files) : []) {
    for (const [name, value] of readEnvFile(file, around)) fromFiles.set(name, traced(value, file.origin.at));
  }
  for (const [name, variable] of fromFiles) add(name, variable);
  for (const [name, variable] of own ? partsOf(own) : []) add(name, variable);
  return tracedRecord(resolved, (own ?? files)!.origin.at);
}

/** `NAME=value` lines, taken literally; a bare name is looked up and left out if it is not set. (cli pkg/kvfile) */
function readEnvFile(file: Traced, around: Surroundings): readonly (readonly [string, string])[] {
  const path = pathIn(around.workingDir, String(file.value));
  const content = around.readFile(path);
  if (content === undefined) throw fileNotFound(path, file.origin.at);
  const invalid = (problem: string): ComposeError =>
    new ComposeError('decode', `invalid env file (${path}): ${problem}`, file.origin.at);
  const variables: [string, string][] = [];
  for (const [index, raw] of linesOf(content).entries()) {
    if (raw instanceof Uint8Array) {
      throw invalid(`invalid utf8 bytes at line ${index + 1}: [${raw.join(' ')}]`);
    }
    const line = (index === 0 ? raw.replace(/^\uFEFF/, '') : raw).trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const name = equals < 0 ? line : line.slice(0, equals);
    if (name === '') throw invalid(`no variable name on line '${line}'`);
    if (/[ \t]/.test(name)) throw invalid(`variable '${name}' contains whitespaces`);
    const value = equals < 0 ? around.lookup(name) : line.slice(equals + 1);
    if (value !== undefined) variables.push([name, value]);
  }
  return variables;
}

/** Lines as text, or as the bytes that are no UTF-8. */
function linesOf(content: string | Uint8Array): readonly (string | Uint8Array)[] {
  if (typeof content === 'string') return content.split('\n').map((line) => line.replace(/\r$/, ''));
  const lines: (string | Uint8Array)[] = [];
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let start = 0; start <= content.length; ) {
    const found = content.indexOf(10, start);
    const end = found < 0 ? content.length : found;
    const bytes = content.subarray(start, content[end - 1] === 13 && end > start ? end - 1 : end);
    try {
      lines.push(decoder.decode(bytes));
    } catch {
      lines.push(bytes);
    }
    start = end + 1;
  }
  return lines;
}

export function fileNotFound(path: string, at: Position | undefined): ComposeError {
  return new ComposeError('read', `open ${path}: no such file or directory`, at);
}
