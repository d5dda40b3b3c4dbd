/**
 * A parsed document: values with the types that Go's YAML gives them, each with its place. Interpolation, the schema
 * and decoding all work on this tree, so that each of them can say where.
 */
import type { Position } from './problem.ts';

export type Node = Mapping | Sequence | Scalar;

export interface Mapping {
  readonly kind: 'mapping';
  readonly at: Position;
  readonly entries: readonly Entry[];
  /** False if some key is not a string (`1: a`): Go then builds a map that docker cannot use. */
  readonly hasTextKeys: boolean;
  /** Of a whole file: where a further document begins, of which nothing is read. */
  readonly nextDocument?: Position;
}

export interface Entry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: Node;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly at: Position;
  readonly items: readonly Node[];
}

export interface Scalar {
  readonly kind: 'scalar';
  /** The place of the text; of the key where there is no text. */
  readonly at: Position;
  readonly value: ScalarValue;
}

/** A whole number is a bigint, a number with a fraction or an exponent is a number. */
export type ScalarValue = null | boolean | string | bigint | number | Timestamp;

/** A date that YAML read without being asked to. */
export class Timestamp {
  /** As Go prints a time: `2024-01-02 00:00:00 +0000 UTC`. */
  readonly text: string;
  /** As JSON and YAML carry it. */
  readonly rfc3339: string;

  constructor(text: string, rfc3339: string) {
    this.text = text;
    this.rfc3339 = rfc3339;
  }
}

export function scalar(value: ScalarValue, at: Position): Scalar {
  return { kind: 'scalar', at, value };
}

export function mapping(entries: readonly (readonly [string, Node])[], at: Position): Mapping {
  return {
    kind: 'mapping',
    at,
    hasTextKeys: true,
    entries: entries.map(([key, value]) => ({ key, keyAt: at, value })),
  };
}

export function sequence(items: readonly Node[], at: Position): Sequence {
  return { kind: 'sequence', at, items };
}

/** The value under `key`, or undefined; of duplicates (impossible after parsing) the first. */
export function child(node: Node | undefined, key: string): Node | undefined {
  return entry(node, key)?.value;
}

export function entry(node: Node | undefined, key: string): Entry | undefined {
  return node?.kind === 'mapping' ? node.entries.find((candidate) => candidate.key === key) : undefined;
}

/** The entries of a mapping whose keys are all strings; none for anything else. */
export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === 'mapping' && node.hasTextKeys ? node.entries : [];
}

export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}
