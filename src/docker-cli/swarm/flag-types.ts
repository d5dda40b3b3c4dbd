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
    const [defaultHost, defaultPort] = splitHostPort(previous)!;
    const invalid = (reason: string) => new CommandFailure(`parse ${quote(`tcp://${address}`)}: ${reason}`);
    const [port] = /:[^:\]]*$/.exec(address) ?? [''];
    if (!/^(:\d*)?$/.test(port)) throw invalid(`invalid port ${quote(port)} after host`);
    const strange = NOT_IN_HOST.exec(address);
    if (strange) throw invalid(`invalid character ${quote(strange[0])} in host name`);
    const parts = splitHostPort(address) ?? splitHostPort(joinHostPort(address, defaultPort));
    if (!parts) throw new CommandFailure(`invalid bind address format: ${text}`);
    return joinHostPort(parts[0] || defaultHost, parts[1] || defaultPort);
  },
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are among those that Go refuses
const NOT_IN_HOST = /[\u0000-\u0020\\^`{|}\u007f]/;

/** Host and port; undefined where there is no port, or the host has colons without brackets. (Go's net.SplitHostPort) */
function splitHostPort(address: string): [host: string, port: string] | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(address) ?? [];
  return port === undefined ? undefined : [bracketed ?? plain!, port];
}

function joinHostPort(host: string, port: string): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Subnets, separated by commas. */
export const subnets: FlagType<readonly string[]> = {
  name: 'ipNetSlice',
  read: (text, previous = []) => [...previous, ...(text === '' ? [] : readCsvRecord(text)).map(subnetOf)],
};

/** Without what its mask does not cover, as Go holds a net. */
function subnetOf(text: string): string {
  const [address = '', bits = '', ...rest] = text.trim().split('/');
  const canonical = canonicalIp(address);
  const most = address.includes(':') ? 128 : 32;
  if (canonical === undefined || rest.length > 0 || !/^\d+$/.test(bits) || Number(bits) > most) {
    throw new CommandFailure(`invalid string being converted to CIDR: ${text}`);
  }
  return `${most === 32 ? maskedIpv4(canonical, Number(bits)) : canonical}/${bits}`;
}

function maskedIpv4(address: string, bits: number): string {
  return address
    .split('.')
    .map((octet, index) => Number(octet) & (0xff << (8 - Math.min(8, Math.max(0, bits - 8 * index)))))
    .join('.');
}

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

/** A block between two lines, with base64 in it. (Go's encoding/pem) */
function isPem(contents: string): boolean {
  const [, , body] = /-----BEGIN ([^-]+)-----\n([\s\S]*?)-----END \1-----/.exec(contents) ?? [];
  const base64 = body?.replace(/\s/g, '');
  return base64 !== undefined && base64.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(base64);
}
