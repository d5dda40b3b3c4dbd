import type { NetworkAttachment } from '../../engine/task-types.ts';
import { CommandFailure } from '../../failure.ts';
import type { FlagType } from '../../flags/flag.ts';
import { readCsvRecord } from '../../go/csv.ts';

/** A network to attach, `name` or `name=net,alias=web,driver-opt=k=v` (docker/cli opts/network.go). */
export const network: FlagType<readonly NetworkAttachment[]> = {
  name: 'network',
  read: (text, previous = []) => [
    ...previous,
    /\w+=\w+/.test(text) ? readLong(text) : { Target: text, Aliases: null, DriverOpts: null },
  ],
};

/** Options of containers, which services accept and drop. */
const IGNORED = ['ip', 'ip6', 'mac-address', 'link-local-ip', 'gw-priority'];

function readLong(text: string): NetworkAttachment {
  const attachment: NetworkAttachment = { Target: '', Aliases: [], DriverOpts: null };
  for (const field of readCsvRecord(text)) {
    // The whole field is taken in lower case, values too.
    const [key, value] = cutPair(field.toLowerCase());
    if (key === '' || value === undefined) throw new CommandFailure(`invalid field ${field}`);
    if (key === 'name') attachment.Target = value;
    else if (key === 'alias') attachment.Aliases!.push(value);
    else if (key === 'driver-opt') {
      const [option, setting] = cutPair(value);
      if (option === '' || setting === undefined) {
        throw new CommandFailure('invalid key value pair format in driver options');
      }
      attachment.DriverOpts = { ...attachment.DriverOpts, [option]: setting };
    } else if (!IGNORED.includes(key)) throw new CommandFailure(`invalid field key ${key}`);
  }
  if (attachment.Target === '') throw new CommandFailure('network name/id is not specified');
  return attachment;
}

function cutPair(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
