import { parseBytes, parseDuration } from '../api/index.ts';
import { DryswarmError } from '../base/index.ts';
import { shortestFloat32 } from '../go/index.ts';
import { goText, goType } from './go-text.ts';
import type { RecordShape, Shape } from './model/shape.ts';
import { ComposeError, type Position } from './problem.ts';
import { type Traced, traced, tracedList, tracedRecord } from './traced.ts';
import { entriesOf, isNull, type Mapping, type Node } from './tree.ts';

/**
 * Makes a typed value of a part of a document that the schema has accepted. All mistakes are reported together.
 * (github.com/go-viper/mapstructure, with the hooks of cli/compose/loader/loader.go)
 *
 * @throws ComposeError with stage `decode`.
 */
export function decode(shape: Shape, node: Node): Traced {
  const decoder = new Decoder();
  const decoded = decoder.decode(shape, node, '');
  decoder.throwProblems();
  return decoded ?? traced({}, node.at);
}

/** The `x-` keys of a mapping, as they are. */
export function decodeExtras(node: Mapping): Traced | undefined {
  const entries = node.entries.filter(({ key }) => key.startsWith('x-'));
  if (entries.length === 0) return undefined;
  return tracedRecord(new Map(entries.map(({ key, value }) => [key, rawValue(value)])), entries[0]!.keyAt);
}

class Decoder {
  readonly #problems: { readonly text: string; readonly at: Position }[] = [];

  /** Undefined for null and for what could not be decoded. */
  decode(shape: Shape, source: Node, name: string): Traced | undefined {
    if (isNull(source)) return undefined;
    const node = 'transform' in shape && shape.transform ? shape.transform(source) : source;
    if ('problem' in node) return this.#fail(source.at, `error decoding '${name}': ${node.problem}`);
    switch (shape.kind) {
      case 'text':
        return this.#expect(node, name, 'string', typeof scalarOf(node) === 'string');
      case 'flag':
        return this.#expect(node, name, 'bool', typeof scalarOf(node) === 'boolean');
      case 'whole':
        return this.#whole(node, name, shape.go);
      case 'ratio':
        return this.#number(node, name, 'float32', (value) => shortestFloat32(Number(value)));
      case 'duration':
        return this.#parsed(node, name, parseDuration);
      case 'size':
        return this.#parsed(node, name, parseBytes);
      case 'list':
        return this.#list(shape.item, node, name);
      case 'map':
        return this.#map(shape.value, node, name);
      case 'record':
        return this.#record(shape, node, name);
      default:
        return undefined;
    }
  }

  throwProblems(): void {
    const [first] = this.#problems;
    if (!first) return;
    const text = this.#problems.map((problem) => problem.text).join('\n');
    throw new ComposeError('decode', `decoding failed due to the following error(s):\n\n${text}`, first.at);
  }

  #list(item: Shape, node: Node, name: string): Traced | undefined {
    if (node.kind !== 'sequence') {
      return this.#fail(node.at, `'${name}': source data must be an array or slice, got ${goType(node)}`);
    }
    const items = node.items.map((part, index) => this.decode(item, part, `${name}[${index}]`) ?? zero(item, part.at));
    return tracedList(items, node.at);
  }

  #map(value: Shape, node: Node, name: string): Traced | undefined {
    if (node.kind !== 'mapping') return this.#fail(node.at, `'${name}' expected a map, got '${goType(node)}'`);
    const entries = new Map<string, Traced>();
    for (const entry of entriesOf(node)) {
      const decoded = this.decode(value, entry.value, `${name}[${entry.key}]`);
      entries.set(entry.key, decoded ?? traced(null, entry.value.at));
    }
    return tracedRecord(entries, node.at);
  }

  #record(shape: RecordShape, node: Node, name: string): Traced | undefined {
    if (node.kind !== 'mapping') return this.#fail(node.at, `'${name}' expected a map, got '${goType(node)}'`);
    const entries = new Map<string, Traced>();
    for (const { key, label, shape: fieldShape } of shape.fields) {
      const found = node.entries.find((entry) => entry.key === key);
      if (!found) continue;
      const decoded = this.decode(fieldShape, found.value, name === '' ? label : `${name}.${label}`);
      if (decoded) entries.set(key, decoded);
    }
    return tracedRecord(entries, node.at);
  }

  #whole(node: Node, name: string, go: 'int64' | 'uint32' | 'uint64'): Traced | undefined {
    const value = scalarOf(node);
    if (go !== 'int64' && (typeof value === 'bigint' || typeof value === 'number') && value < 0) {
      const shown = typeof value === 'bigint' ? String(value) : value.toFixed(6);
      return this.#fail(node.at, `cannot parse '${name}', ${shown} overflows uint`);
    }
    return this.#number(node, name, go, (number) => {
      const whole = BigInt(typeof number === 'bigint' ? number : Math.trunc(number));
      return Number(go === 'uint32' ? BigInt.asUintN(32, whole) : whole);
    });
  }

  #number(node: Node, name: string, go: string, convert: (value: bigint | number) => number): Traced | undefined {
    const value = scalarOf(node);
    if (typeof value === 'bigint' || typeof value === 'number') return traced(convert(value), node.at);
    return this.#unconvertible(node, name, go);
  }

  #parsed(node: Node, name: string, parse: (text: string) => number): Traced | undefined {
    const value = scalarOf(node);
    if (typeof value !== 'string') {
      return this.#fail(
        node.at,
        `error decoding '${name}': invalid type ${goType(node)} for ${parse === parseBytes ? 'size' : 'duration'}`,
      );
    }
    try {
      return traced(parse(value), node.at);
    } catch (error) {
      if (!(error instanceof DryswarmError)) throw error;
      return this.#fail(node.at, `error decoding '${name}': ${error.message}`);
    }
  }

  #expect(node: Node, name: string, go: string, isRight: boolean): Traced | undefined {
    return isRight ? traced(scalarOf(node), node.at) : this.#unconvertible(node, name, go);
  }

  #unconvertible(node: Node, name: string, go: string): undefined {
    const found = `got unconvertible type '${goType(node)}', value: '${goText(node)}'`;
    return this.#fail(node.at, `'${name}' expected type '${go}', ${found}`);
  }

  #fail(at: Position, text: string): undefined {
    this.#problems.push({ text, at });
    return undefined;
  }
}

function scalarOf(node: Node): unknown {
  return node.kind === 'scalar' ? node.value : undefined;
}

function zero(shape: Shape, at: Position): Traced {
  return traced(shape.kind === 'record' || shape.kind === 'map' ? {} : shape.kind === 'list' ? [] : '', at);
}

function rawValue(node: Node): Traced {
  if (node.kind === 'sequence') return tracedList(node.items.map(rawValue), node.at);
  if (node.kind === 'scalar') return traced(node.value, node.at);
  return tracedRecord(new Map(node.entries.map(({ key, value }) => [key, rawValue(value)])), node.at);
}
