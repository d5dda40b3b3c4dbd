/**
 * What a Compose value becomes, as data. One description of the format drives decoding, merging and printing, which in
 * docker are three libraries that look at the same Go types.
 */
import type { Node } from '../tree.ts';

export type Shape =
  | { readonly kind: 'text' }
  | { readonly kind: 'flag'; readonly isReference: boolean; readonly transform?: Transform }
  | { readonly kind: 'whole'; readonly go: 'int64' | 'uint32' | 'uint64'; readonly isReference: boolean }
  | { readonly kind: 'ratio' }
  | { readonly kind: 'duration'; readonly isReference: boolean }
  | { readonly kind: 'size' }
  | ListShape
  | MapShape
  | RecordShape
  | { readonly kind: 'extras' };

export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
  readonly transform?: Transform;
  /** How an override changes the list: `by` a key of its items, which also sorts it. */
  readonly merge: 'append' | 'replace' | { readonly by: string };
}

export interface MapShape {
  readonly kind: 'map';
  readonly value: Shape;
  readonly transform?: Transform;
  /** Whether an override may put null or the empty text in the place of something. */
  readonly emptyOverrides: boolean;
}

export interface RecordShape {
  readonly kind: 'record';
  /** In the order in which docker decodes and prints them. */
  readonly fields: readonly Field[];
  /** A section that docker holds by reference: written empty it is still there. */
  readonly isReference: boolean;
  readonly transform?: Transform;
  readonly merge: 'fields' | 'replace' | 'logging' | 'attachment';
}

export interface Field {
  readonly key: string;
  /** What docker calls the field in a decoding error. */
  readonly label: string;
  readonly shape: Shape;
}

/** Turns a short form into the long one before decoding; `problem` is docker's text. */
export type Transform = (node: Node) => Node | { readonly problem: string };

export const text: Shape = { kind: 'text' };
export const flag: Extract<Shape, { kind: 'flag' }> = { kind: 'flag', isReference: false };
export const size: Shape = { kind: 'size' };
export const ratio: Shape = { kind: 'ratio' };
export const extras: Shape = { kind: 'extras' };
export const duration: Shape = { kind: 'duration', isReference: false };
export const durationReference: Shape = { kind: 'duration', isReference: true };

export function whole(go: 'int64' | 'uint32' | 'uint64'): Shape {
  return { kind: 'whole', go, isReference: false };
}

export function wholeReference(go: 'uint32' | 'uint64'): Shape {
  return { kind: 'whole', go, isReference: true };
}

/** A list to which an override appends. */
export function list(item: Shape, transform?: Transform): ListShape {
  return { kind: 'list', item, merge: 'append', ...(transform && { transform }) };
}

export function map(value: Shape, transform?: Transform): MapShape {
  return { kind: 'map', value, emptyOverrides: true, ...(transform && { transform }) };
}

/** A section that is nothing if nothing is in it. */
export function record(fields: readonly Field[]): RecordShape {
  return { kind: 'record', fields, isReference: false, merge: 'fields' };
}

/** A section that is there as soon as it is written. */
export function section(fields: readonly Field[]): RecordShape {
  return { kind: 'record', fields, isReference: true, merge: 'fields' };
}

export function field(key: string, label: string, shape: Shape): Field {
  return { key, label, shape };
}
