import { canonicalIp, quote } from '../../go/index.ts';
import type { ExternalCA } from '../engine/swarm-types.ts';
import { CommandFailure, prefixFailure } from '../failure.ts';
import type { FlagEnvironment, FlagType } from '../flags/flag.ts';
import { readCsvRecord } from '../go/csv.ts';

export const DEFAULT_LISTEN_ADDRESS = '0.0.0.0:2377';

/** `address:port`, each of which may be left out (docker/cli opts/hosts.go, ParseTCPAddr). */
export const nodeAddress: FlagType<string> = {
  name: 'node-addr',
  read(text, previous = DEFAULT_LISTEN_ADDRESS) {
    const address = text.replace(/^tcp:\/\//, '');
    if (address === '') return previous;
    if (address.includes('://')) throw new CommandFailure(`invalid proto, expected tcp: ${text}`);
    const [, defaultHost, defaultPort] = splitHostPort(previous)!;
    const [, host, port] = splitHostPort(address) ?? ['', address, ''];
    if (port !== '' && !/^\d+$/.test(port!)) {
      throw new CommandFailure(`parse ${quote(`tcp://${address}`)}: invalid port ${quote(`:${port}`)} after host`);
    }
    return `${host || defaultHost}:${port || defaultPort}`;
  },
};

function splitHostPort(address: string): RegExpExecArray | null {
  return /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(address);
}

/** Subnets, separated by commas. */
export const subnets: FlagType<readonly string[]> = {
  name: 'ipNetSlice',
  read: (text, previous = []) => [
    ...previous,
    ...readCsvRecord(text).map((subnet) => {
      const [address, bits, ...rest] = subnet.trim().split('/');
      const canonical = canonicalIp(address!);
      const most = address!.includes(':') ? 128 : 32;
      if (canonical === undefined || rest.length > 0 || !/^\d+$/.test(bits ?? '') || Number(bits) > most) {
        throw new CommandFailure(`invalid string being converted to CIDR: ${subnet}`);
      }
      return `${canonical}/${bits}`;
    }),
  ],
};

/** `protocol=cfssl,url=…`, with a file for the certificate. */
export const externalCa: FlagType<readonly ExternalCA[]> = {
  name: 'external-ca',
  read: (text, previous = [], environment) => [...previous, readExternalCa(text, environment)],
};

function readExternalCa(text: string, environment: FlagEnvironment): ExternalCA {
  const ca: ExternalCA = { Protocol: '', URL: '', Options: {}, CACert: '' };
  let hasUrl = false;
  for (const field of readCsvRecord(text)) {
    const at = field.indexOf('=');
    if (at < 0) throw new CommandFailure(`invalid field '${field}' must be a key=value pair`);
    const key = field.slice(0, at);
    const value = field.slice(at + 1);
    switch (key.toLowerCase()) {
      case 'protocol':
        if (value.toLowerCase() !== 'cfssl') throw new CommandFailure(`unrecognized external CA protocol ${value}`);
        ca.Protocol = 'cfssl';
        break;
      case 'url':
        ca.URL = value;
        hasUrl = true;
        break;
      case 'cacert':
        ca.CACert = readCertificate(environment, value);
        break;
      default:
        ca.Options = { ...ca.Options, [key]: value };
    }
  }
  if (ca.Protocol === '') throw new CommandFailure('the external-ca option needs a protocol= parameter');
  if (!hasUrl) throw new CommandFailure('the external-ca option needs a url= parameter');
  return ca;
}

function readCertificate(environment: FlagEnvironment, path: string): string {
  const contents = prefixFailure('unable to read CA cert for external CA', () => environment.readText(path));
  if (!isPem(contents)) throw new CommandFailure('CA cert for external CA must be in PEM format');
  return contents;
}

/** The contents of a file in PEM format. */
export const pemFile: FlagType<string> = {
  name: 'pem-file',
  read(path, _, environment) {
    const contents = environment.readText(path);
    if (!isPem(contents)) throw new CommandFailure('file contents must be in PEM format');
    return contents;
  },
};

function isPem(contents: string): boolean {
  return /-----BEGIN ([^-]+)-----[\s\S]*?-----END \1-----/.test(contents);
}
