import { canonicalIp, quote } from '../../../go/index.ts';
import type { CredentialSpec, Ulimit } from '../../engine/container-types.ts';
import { CommandFailure } from '../../failure.ts';
import type { FlagType } from '../../flags/flag.ts';
import { list } from '../../flags/types.ts';
import { readInt } from '../../go/number.ts';

/** The labels over which to spread, from `spread=node.labels.zone`. */
export const preference: FlagType<readonly string[]> = {
  name: 'pref',
  read(text, previous = []) {
    const at = text.indexOf('=');
    if (at < 1) throw new CommandFailure('placement preference must be of the format "<strategy>=<arg>"');
    const strategy = text.slice(0, at);
    if (strategy !== 'spread') {
      throw new CommandFailure(`unsupported placement preference ${strategy} (only spread is supported)`);
    }
    return [...previous, text.slice(at + 1)];
  },
};

const ULIMITS = 'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
  ' ',
);

/** `name=soft[:hard]`, sorted by name; a later one of the same name wins (github.com/docker/go-units). */
export const ulimit: FlagType<readonly Ulimit[]> = {
  name: 'ulimit',
  read(text, previous = []) {
    const limit = readUlimit(text);
    const others = previous.filter((other) => other.Name !== limit.Name);
    return [...others, limit].sort((a, b) => (a.Name < b.Name ? -1 : 1));
  },
};

function readUlimit(text: string): Ulimit {
  const at = text.indexOf('=');
  if (at < 0) throw new CommandFailure(`invalid ulimit argument: ${text}`);
  const Name = text.slice(0, at);
  if (!ULIMITS.includes(Name)) throw new CommandFailure(`invalid ulimit type: ${Name}`);
  const values = text.slice(at + 1).split(':');
  if (values.length > 2) {
    throw new CommandFailure(
      `too many limit value arguments - ${text.slice(at + 1)}, can only have up to two, \`soft[:hard]\``,
    );
  }
  const [Hard, Soft] = [values.at(-1)!, values[0]!].map((value) => readInt(value, { base: 10, bits: 64 })) as [
    number,
    number,
  ];
  const complaint = 'ulimit soft limit must be less than or equal to hard limit:';
  if (Hard !== -1 && Soft === -1) throw new CommandFailure(`${complaint} soft: -1 (unlimited), hard: ${Hard}`);
  if (Hard !== -1 && Soft > Hard) throw new CommandFailure(`${complaint} ${Soft} > ${Hard}`);
  return { Name, Hard, Soft };
}

/** `config://`, `file://` or `registry://`; an empty text removes the credential spec. */
export const credentialSpec: FlagType<CredentialSpec> = {
  name: 'credential-spec',
  read(text) {
    const empty = { Config: '', File: '', Registry: '' };
    if (text === '') return empty;
    const [, scheme, value = ''] = /^(?:([^:]*):\/\/)?(.*)$/s.exec(text)!;
    if (scheme === 'config') return { ...empty, Config: value };
    if (scheme === 'file') return { ...empty, File: value };
    if (scheme === 'registry') return { ...empty, Registry: value };
    throw new CommandFailure(
      'invalid credential spec: value must be prefixed with "config://", "file://", or "registry://"',
    );
  },
};

export const ipAddresses = list((text) => {
  const address = canonicalIp(text.trim());
  if (address === undefined) throw new CommandFailure(`IP address is not correctly formatted: ${text}`);
  return address;
});

const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = new RegExp(`^:?(${LABEL}(?:\\.${LABEL})*)\\.?\\s*$`);

export const searchDomains = list((text) => {
  const domain = text.replace(/^ +| +$/g, '');
  if (domain === '.') return domain;
  const match = DOMAIN.exec(domain);
  if (!match || !/[a-zA-Z]/.test(domain) || match[1]!.length >= 255) {
    throw new CommandFailure(`${domain} is not a valid domain`);
  }
  return match[1]!;
});

/** `name:address` (or `name=address`), kept with a colon. */
export const extraHosts = list((text) => {
  const at = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
  const name = text.slice(0, Math.max(at, 0));
  if (name === '' || name.includes(':')) throw new CommandFailure(`bad format for add-host: ${quote(text)}`);
  const address = text.slice(at + 1).replace(/^\[(.+)\]$/, '$1');
  if (address !== 'host-gateway' && canonicalIp(address.trim()) === undefined) {
    throw new CommandFailure(`invalid IP address in add-host: ${quote(address)}`);
  }
  return `${name}:${address}`;
});

export const genericResources = list((text) => {
  if (!text.includes('=')) {
    throw new CommandFailure(`invalid generic-resource format \`${text}\` expected \`name=value\``);
  }
  return text;
});
