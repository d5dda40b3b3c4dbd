import { type Alias, isAlias, isMap, isScalar, type YAMLMap, type YAMLSeq, type Scalar as YamlScalar } from 'yaml';
import { quote } from '../../go/index.ts';
import { goSyntax, goText } from '../go-text.ts';
import { ComposeError, type Position } from '../problem.ts';
import type { Entry, Mapping, Node } from '../tree.ts';
import { scalarValue } from './scalar.ts';

export type SyntaxNode = Alias.Parsed | YamlScalar.Parsed | YAMLMap.Parsed | YAMLSeq.Parsed;

/** A mistake that is repeated a thousand times is not better understood than one that is repeated less often. */
const MAX_REPORTED_DUPLICATES = 100;

/**
 * Makes of the parser's syntax tree what Go's YAML decodes into a `map[string]any`: merge keys, aliases, duplicate keys
 * and explicit tags included. (go.yaml.in/yaml/v3 decode.go)
 */
export function buildTree(root: SyntaxNode, at: (offset: number) => Position): Node {
  const builder = new TreeBuilder(at);
  builder.resolveAliases(root);
  const tree = builder.build(root, undefined);
  builder.throwDuplicates();
  return tree;
}

class TreeBuilder {
  readonly #at: (offset: number) => Position;
  readonly #anchors = new Map<string, SyntaxNode>();
  readonly #targets = new Map<Alias.Parsed, SyntaxNode>();
  readonly #open = new Set<Alias.Parsed>();
  readonly #duplicates: { readonly text: string; readonly at: Position }[] = [];
  #decodes = 0;
  #decodesInAliases = 0;

  constructor(at: (offset: number) => Position) {
    this.#at = at;
  }

  /** An alias means the last anchor of its name that stands before it. */
  resolveAliases(node: SyntaxNode | null): void {
    if (node === null) return;
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (!target) throw this.#error(`unknown anchor '${node.source}' referenced`, node);
      this.#targets.set(node, target);
      return;
    }
    if (node.anchor) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return;
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        this.resolveAliases(key as SyntaxNode);
        this.resolveAliases(value as SyntaxNode | null);
      }
    } else for (const item of node.items) this.resolveAliases(item as SyntaxNode);
  }

  build(node: SyntaxNode | null, keyAt: Position | undefined): Node {
    this.#count(node);
    if (node === null) return { kind: 'scalar', at: keyAt!, value: null };
    const own = this.#place(node);
    if (isAlias(node)) return this.#expand(node, keyAt ?? own);
    if (isScalar(node)) return this.#scalar(node, own, keyAt);
    if (isMap(node)) return this.#mapping(node, keyAt ?? own);
    return {
      kind: 'sequence',
      at: keyAt ?? own,
      items: node.items.map((item) => this.build(item as SyntaxNode, undefined)),
    };
  }

  throwDuplicates(): void {
    const [first] = this.#duplicates;
    if (!first) return;
    const lines = this.#duplicates.slice(0, MAX_REPORTED_DUPLICATES).map(({ text }) => `\n  ${text}`);
    throw new ComposeError('yaml', `yaml: unmarshal errors:${lines.join('')}`, first.at);
  }

  #scalar(node: YamlScalar.Parsed, own: Position, keyAt: Position | undefined): Node {
    const read = scalarValue({ text: String(node.value), tag: node.tag, isPlain: node.type === 'PLAIN' });
    if ('problem' in read) throw this.#error(read.problem, node);
    return { kind: 'scalar', at: node.source ? own : (keyAt ?? own), value: read.value };
  }

  #expand(alias: Alias.Parsed, at: Position): Node {
    if (this.#open.has(alias)) throw this.#error(`anchor '${alias.source}' value contains itself`, alias);
    this.#open.add(alias);
    const built = this.build(this.#targets.get(alias)!, at);
    this.#open.delete(alias);
    return { ...built, at };
  }

  #mapping(node: YAMLMap.Parsed, at: Position): Mapping {
    if (this.#reportDuplicates(node)) return { kind: 'mapping', at, entries: [], hasTextKeys: true };
    const entries = new Map<string, Entry>();
    const hasTextKeys = this.#collect(node, entries);
    return { kind: 'mapping', at, entries: [...entries.values()], hasTextKeys };
  }

  /** Adds what is not there yet: the mapping's own keys first, then what its merge key brings, in order. */
  #collect(node: YAMLMap.Parsed, entries: Map<string, Entry>): boolean {
    let hasTextKeys = true;
    let merged: SyntaxNode | null | undefined;
    for (const { key, value } of node.items) {
      if (isMergeKey(key as SyntaxNode)) {
        merged = value as SyntaxNode | null;
        continue;
      }
      const keyNode = this.build(key as SyntaxNode, this.#place(key as SyntaxNode));
      if (keyNode.kind !== 'scalar') throw this.#error(`invalid map key: ${goSyntax(keyNode)}`, key as SyntaxNode);
      const isText = typeof keyNode.value === 'string';
      if (!isText) hasTextKeys = false;
      const text = isText ? (keyNode.value as string) : goText(keyNode);
      if (entries.has(text)) continue;
      entries.set(text, { key: text, keyAt: keyNode.at, value: this.build(value as SyntaxNode | null, keyNode.at) });
    }
    if (merged !== undefined && !this.#merge(merged, entries)) hasTextKeys = false;
    return hasTextKeys;
  }

  #merge(source: SyntaxNode | null, entries: Map<string, Entry>): boolean {
    const parts = source && !isAlias(source) && !isMap(source) && !isScalar(source) ? source.items : [source];
    let hasTextKeys = true;
    for (const part of parts as (SyntaxNode | null)[]) {
      const target = part && isAlias(part) ? this.#targets.get(part)! : part;
      if (!target || !isMap(target)) {
        throw this.#error('map merge requires map or sequence of maps as the value', part ?? source);
      }
      if (part && isAlias(part)) {
        if (this.#open.has(part)) throw this.#error(`anchor '${part.source}' value contains itself`, part);
        this.#open.add(part);
      }
      this.#count(target);
      if (!this.#reportDuplicates(target) && !this.#collect(target, entries)) hasTextKeys = false;
      if (part && isAlias(part)) this.#open.delete(part);
    }
    return hasTextKeys;
  }

  #reportDuplicates(node: YAMLMap.Parsed): boolean {
    const seen = new Map<string, number[]>();
    const before = this.#duplicates.length;
    for (const { key } of node.items) {
      if (this.#duplicates.length - before >= MAX_REPORTED_DUPLICATES) break;
      const text = keyText(key as SyntaxNode);
      const at = this.#place(key as SyntaxNode);
      const lines = seen.get(text.identity);
      for (const line of lines ?? []) {
        const message = `line ${at.line}: mapping key ${quote(text.value)} already defined at line ${line}`;
        this.#duplicates.push({ text: message, at });
      }
      if (lines) lines.push(at.line);
      else seen.set(text.identity, [at.line]);
    }
    return this.#duplicates.length > before;
  }

  /** Refuses documents that grow out of proportion by aliases, by the same measure as Go's YAML. */
  #count(node: SyntaxNode | null): void {
    this.#decodes += 1;
    if (this.#open.size > 0) this.#decodesInAliases += 1;
    if (this.#decodesInAliases <= 100 || this.#decodes <= 1000) return;
    if (this.#decodesInAliases / this.#decodes > allowedAliasRatio(this.#decodes)) {
      throw this.#error('document contains excessive aliasing', node);
    }
  }

  #place(node: SyntaxNode): Position {
    return this.#at(node.range[0]);
  }

  #error(problem: string, node: SyntaxNode | null): ComposeError {
    return new ComposeError('yaml', `yaml: ${problem}`, node ? this.#place(node) : undefined);
  }
}

function keyText(key: SyntaxNode): { readonly identity: string; readonly value: string } {
  if (isAlias(key)) return { identity: `alias ${key.source}`, value: key.source };
  if (isScalar(key)) return { identity: `scalar ${String(key.value)}`, value: String(key.value) };
  return { identity: isMap(key) ? 'mapping' : 'sequence', value: '' };
}

function isMergeKey(key: SyntaxNode): boolean {
  if (!isScalar(key) || key.value !== '<<') return false;
  return key.tag === undefined ? key.type === 'PLAIN' : /^(!|tag:yaml\.org,2002:merge)$/.test(key.tag);
}

const RATIO_FALLS_FROM = 400_000;
const RATIO_FALLS_TO = 4_000_000;

function allowedAliasRatio(decodes: number): number {
  if (decodes <= RATIO_FALLS_FROM) return 0.99;
  if (decodes >= RATIO_FALLS_TO) return 0.1;
  return 0.99 - (0.89 * (decodes - RATIO_FALLS_FROM)) / (RATIO_FALLS_TO - RATIO_FALLS_FROM);
}
