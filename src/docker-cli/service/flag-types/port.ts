import { canonicalIp } from '../../../go/index.ts';
import type { PortConfig } from '../../engine/task-types.ts';
import { CommandFailure } from '../../failure.ts';
import type { FlagType } from '../../flags/flag.ts';
import { readCsvRecord } from '../../go/csv.ts';
import { NumberFailure, readUint } from '../../go/number.ts';

const PROTOCOLS = ['tcp', 'udp', 'sctp'];
const HIGHEST_PORT = 65535;

/** A published port, `8080:80/tcp` or `published=8080,target=80,mode=host` (docker/cli opts/swarmopts/port.go). */
export const port: FlagType<readonly PortConfig[]> = {
  name: 'port',
  read: (text, previous = []) => [...previous, ...(/\w+=\w+/.test(text) ? [readLong(text)] : readShort(text))],
};

function readLong(text: string): PortConfig {
  const config: PortConfig = { Name: '', Protocol: 'tcp', TargetPort: 0, PublishedPort: 0, PublishMode: 'ingress' };
  for (const field of readCsvRecord(text)) {
    const [key, value] = cut(field.toLowerCase());
    if (key === '' || value === undefined) throw new CommandFailure(`invalid field: ${field}`);
    switch (key) {
      case 'protocol':
        if (!PROTOCOLS.includes(value)) throw new CommandFailure(`invalid protocol value '${value}'`);
        config.Protocol = value;
        break;
      case 'mode':
        if (value !== 'ingress' && value !== 'host') {
          throw new CommandFailure(`invalid publish mode value (${value}): must be either 'ingress' or 'host'`);
        }
        config.PublishMode = value;
        break;
      case 'target':
        config.TargetPort = readPort('target', value);
        break;
      case 'published':
        config.PublishedPort = readPort('published', value);
        break;
      default:
        throw new CommandFailure(`invalid field key: ${key}`);
    }
  }
  if (config.TargetPort === 0) throw new CommandFailure("missing mandatory field 'target'");
  return config;
}

function readPort(which: string, value: string): number {
  try {
    return readUint(value, { base: 10, bits: 16 });
  } catch (error) {
    if (!(error instanceof NumberFailure)) throw error;
    throw new CommandFailure(`invalid ${which} port (${value}): value must be an integer: ${error.reason}`);
  }
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** `[ip:]published:target[/protocol]`, each a port or a range (github.com/docker/go-connections/nat). */
function readShort(text: string): PortConfig[] {
  const parts = text.split(':');
  const [container, protocol] = cut(parts.at(-1)!, '/');
  const published = parts.length > 1 ? parts.at(-2)! : '';
  const address = parts.slice(0, -2).join(':');
  if (container === '') throw new CommandFailure(`no port specified: ${text}<empty>`);
  const name = (protocol || 'tcp').split('/', 1)[0]!.toLowerCase();
  if (!PROTOCOLS.includes(name)) throw new CommandFailure(`invalid proto: ${name}`);
  const plainAddress = address.replace(/^\[(.*)\]$/, '$1');
  if (plainAddress !== '' && canonicalIp(plainAddress) === undefined) {
    throw new CommandFailure(`invalid IP address: ${plainAddress}`);
  }
  const target = readRange(container);
  if (!target) throw new CommandFailure(`invalid containerPort: ${container}`);
  const host = published === '' ? undefined : readRange(published);
  if (published !== '' && !host) throw new CommandFailure(`invalid hostPort: ${published}`);
  if (host && sizeOf(host) !== sizeOf(target) && sizeOf(target) !== 1) {
    throw new CommandFailure(`invalid ranges specified for container and host Ports: ${container} and ${published}`);
  }
  if (plainAddress !== '') throw new CommandFailure('hostip is not supported');
  return Array.from({ length: Math.max(sizeOf(target), host ? sizeOf(host) : 1) }, (_, index) => ({
    Name: '',
    Protocol: name,
    TargetPort: target.first + (sizeOf(target) === 1 ? 0 : index),
    PublishedPort: host ? host.first + index : 0,
    PublishMode: 'ingress',
  }));
}

function readRange(text: string): Range | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return last < first || last > HIGHEST_PORT ? undefined : { first, last };
}

function sizeOf(range: Range): number {
  return range.last - range.first + 1;
}

function cut(text: string, separator = '='): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
