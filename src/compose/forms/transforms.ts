/**
 * The short forms of Compose, each turned into its long form before decoding. What a form may look like has been
 * checked by the schema, except for dates, which the schema takes for text. (cli/compose/loader/loader.go)
 */
import { compareText } from '../../base/index.ts';
import { splitShellWords } from '../../go/index.ts';
import { goText, goType } from '../go-text.ts';
import type { Transform } from '../model/shape.ts';
import { type Entry, isNull, mapping, type Node, scalar, sequence } from '../tree.ts';
import { parsePortSpec } from './port-spec.ts';
import { parseVolumeSpec } from './volume-spec.ts';

/** `text` for `[text]`. */
export const stringList: Transform = (node) => {
  if (node.kind === 'sequence') return node;
  return isText(node) ? sequence([node], node.at) : { problem: `invalid type ${goType(node)} for string list` };
};

/** A command line, split as a shell would. */
export const shellCommand: Transform = (node) => {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const words = splitShellWords(node.value);
  if ('problem' in words) return words;
  return sequence(
    words.map((word) => scalar(word, node.at)),
    node.at,
  );
};

/** A command line that is left to the container's shell. */
export const healthCheckTest: Transform = (node) => {
  if (node.kind === 'sequence') return node;
  if (!isText(node)) return { problem: `invalid type ${goType(node)} for healthcheck.test` };
  return sequence([scalar('CMD-SHELL', node.at), node], node.at);
};

/** `NAME=value` lines for a mapping; a line without `=` means null. */
export const mappingWithNull: Transform = (node) => toTextMapping(node, null);

/** `name=value` lines for a mapping; a line without `=` and a null mean the empty text. */
export const mappingWithEmpty: Transform = (node) => toTextMapping(node, '');

/** A mapping whose values are printed as Go prints them. */
export const textMapping: Transform = (node) => {
  if (node.kind === 'mapping') return toTextMapping(node, '');
  return { problem: `invalid type ${goType(node)} for map[string]string` };
};

export const stringOrNumberList: Transform = (node) => {
  if (node.kind !== 'sequence') return node;
  return { ...node, items: node.items.map((item) => scalar(goText(item), item.at)) };
};

/** `name:address` lines from lines with `=` or `:`, or from a mapping. */
export const hostsList: Transform = (node) => {
  const hosts = node.kind === 'mapping' ? hostsOfMapping(node.entries) : hostsOfLines(node);
  return sequence(
    hosts.map(({ name, address, item }) => scalar(`${name}:${address.replace(/^\[(.+)\]$/, '$1')}`, item.at)),
    node.at,
  );
};

/** The short form `[[ip:]published:]target[/protocol]` stands for one entry per port. */
export const servicePorts: Transform = (node) => {
  if (node.kind !== 'sequence') return { problem: `invalid type ${goType(node)} for port` };
  const ports: Node[] = [];
  for (const item of node.items) {
    if (item.kind === 'mapping') ports.push(item);
    else if (goType(item) === 'int' || goType(item) === 'string') ports.push(...expandPort(item));
    else return { problem: `invalid type ${goType(item)} for port` };
  }
  return sequence(ports, node.at);
};

/** The name of a secret or config for a reference to it. */
export const fileReference: Transform = (node) => {
  if (node.kind === 'mapping') return node;
  return isText(node) ? mapping([['source', node]], node.at) : { problem: `invalid type ${goType(node)} for secret` };
};

export const buildContext: Transform = (node) => {
  if (node.kind === 'mapping') return node;
  if (!isText(node)) return { problem: `invalid type ${goType(node)} for service build` };
  return mapping([['context', node]], node.at);
};

export const serviceMount: Transform = (node) => {
  if (node.kind === 'mapping') return node;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    return { problem: `invalid type ${goType(node)} for service volume` };
  }
  const spec = parseVolumeSpec(node.value);
  if ('problem' in spec) return spec;
  const value = (content: string | boolean): Node => scalar(content, node.at);
  const entries: [string, Node][] = [
    ['type', value(spec.type)],
    ['source', value(spec.source)],
    ['target', value(spec.target)],
    ['read_only', value(spec.readOnly)],
  ];
  if (spec.propagation) entries.push(['bind', mapping([['propagation', value(spec.propagation)]], node.at)]);
  if (spec.noCopy) entries.push(['volume', mapping([['nocopy', value(true)]], node.at)]);
  return mapping(entries, node.at);
};

/** A list of names for a mapping of names to nothing. */
export const serviceNetworks: Transform = (node) => {
  if (node.kind !== 'sequence') return node;
  return mapping(
    node.items.map((item) => [goText(item), scalar(null, item.at)]),
    node.at,
  );
};

/** One number for both limits, or both. */
export const ulimit: Transform = (node) => {
  if (node.kind === 'mapping') {
    const wrong = node.entries.find(({ value }) => goType(value) !== 'int');
    return wrong ? { problem: `invalid type ${goType(wrong.value)} for ulimits` } : node;
  }
  return goType(node) === 'int'
    ? mapping([['single', node]], node.at)
    : { problem: `invalid type ${goType(node)} for ulimits` };
};

/** `external: {name: x}` is external, too; its name is read elsewhere. */
export const external: Transform = (node) => (node.kind === 'mapping' ? scalar(true, node.at) : node);

function isText(node: Node): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string';
}

function toTextMapping(node: Node, missing: null | ''): ReturnType<Transform> {
  if (node.kind === 'mapping') {
    const entries = node.entries.map((entry) => ({ ...entry, value: toText(entry.value, missing) }));
    return { ...node, entries };
  }
  if (node.kind !== 'sequence') return node;
  const entries = new Map<string, Entry>();
  for (const item of node.items) {
    if (!isText(item)) return { problem: `invalid type ${goType(item)} for a line of name=value` };
    const line = goText(item);
    const equals = line.indexOf('=');
    const key = equals < 0 ? line : line.slice(0, equals);
    const value = scalar(equals < 0 ? missing : line.slice(equals + 1), item.at);
    entries.set(key, { key, keyAt: item.at, value });
  }
  return { kind: 'mapping', at: node.at, entries: [...entries.values()], hasTextKeys: true };
}

function toText(node: Node, missing: null | ''): Node {
  return scalar(isNull(node) ? missing : goText(node), node.at);
}

interface Host {
  readonly name: string;
  readonly address: string;
  readonly item: Node;
}

function hostsOfMapping(entries: readonly Entry[]): readonly Host[] {
  return entries
    .filter(({ value }) => !isNull(value))
    .map(({ key, value }) => ({ name: key, address: hostAddress(value), item: value }))
    .sort((a, b) => compareText(`${a.name}:${a.address}`, `${b.name}:${b.address}`));
}

/** Docker passes on what Go prints for a number where a text was asked for. */
function hostAddress(node: Node): string {
  const type = goType(node);
  return type === 'string' || type === 'time.Time' ? goText(node) : `%!s(${type}=${goText(node)})`;
}

function hostsOfLines(node: Node): readonly Host[] {
  const items = node.kind === 'sequence' ? node.items : [];
  return items.flatMap((item) => {
    const line = goText(item);
    const separator = line.includes('=') ? line.indexOf('=') : line.indexOf(':');
    return separator < 0 ? [] : [{ name: line.slice(0, separator), address: line.slice(separator + 1), item }];
  });
}

function expandPort(item: Node): readonly Node[] {
  const bindings = [...(parsePortSpec(goText(item))?.bindings ?? [])];
  bindings.sort((a, b) => compareText(`${a.target}/${a.protocol}`, `${b.target}/${b.protocol}`));
  return bindings.flatMap(({ target, protocol, published }) => {
    const entry = (port: number): Node =>
      mapping(
        [
          ['mode', scalar('ingress', item.at)],
          ['target', scalar(BigInt(target), item.at)],
          ['published', scalar(BigInt(port), item.at)],
          ['protocol', scalar(protocol, item.at)],
        ],
        item.at,
      );
    const { from, to } = published ?? { from: 0, to: 0 };
    return Array.from({ length: to - from + 1 }, (_, offset) => entry(from + offset));
  });
}
