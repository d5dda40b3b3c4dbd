import { CommandFailure, prefixFailure } from '../../failure.ts';
import type { FlagType } from '../../flags/flag.ts';
import { readCsvRecord } from '../../go/csv.ts';
import { readUint } from '../../go/number.ts';

/** A secret or config to show to a service. */
export interface TextUse {
  readonly source: string;
  readonly file: { readonly Name: string; readonly UID: string; readonly GID: string; readonly Mode: number };
}

/** `name`, or `source=name,target=file,uid=0,gid=0,mode=0444` (docker/cli opts/swarmopts). */
export const secret = textUse('secret');
export const config = textUse('config');

const READABLE_BY_ALL = 0o444;

function textUse(kind: 'secret' | 'config'): FlagType<readonly TextUse[]> {
  return { name: kind, read: (text, previous = []) => [...previous, readUse(kind, text)] };
}

function readUse(kind: string, text: string): TextUse {
  const fields = readCsvRecord(text);
  const file = { Name: '', UID: '0', GID: '0', Mode: READABLE_BY_ALL };
  if (fields.length === 1 && !fields[0]!.includes('='))
    return { source: fields[0]!, file: { ...file, Name: fields[0]! } };
  let source = '';
  for (const field of fields) {
    const at = field.indexOf('=');
    if (at < 1) throw new CommandFailure(`invalid field '${field}' must be a key=value pair`);
    const key = field.slice(0, at);
    const value = field.slice(at + 1);
    switch (key.toLowerCase()) {
      case 'source':
      case 'src':
        source = value;
        break;
      case 'target':
        file.Name = value;
        break;
      case 'uid':
        file.UID = value;
        break;
      case 'gid':
        file.GID = value;
        break;
      case 'mode':
        file.Mode = readMode(value);
        break;
      default:
        throw new CommandFailure(`invalid field in ${kind} request: ${key}`);
    }
  }
  if (source === '') throw new CommandFailure('source is required');
  return { source, file: { ...file, Name: file.Name === '' ? source : file.Name } };
}

function readMode(value: string): number {
  return prefixFailure('invalid mode specified', () => readUint(value, { base: 0, bits: 32 }));
}
