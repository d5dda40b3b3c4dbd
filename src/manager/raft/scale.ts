/**
 * What changes weigh in raft's log (swarmkit manager/state/store/memory.go, Batch.Update). Departure: nothing is encoded
 * here. An object counts {@link OBJECT}, and the names and texts in its specification come on top.
 */
import { utf8Bytes } from '../../base/index.ts';
import type { Change } from '../../store/index.ts';

const OBJECT = 1000;
/** Of the bytes of a secret or config, its text here is the base64. */
const BASE64 = 3 / 4;

export class Scale {
  /** Specifications never change, and tasks share those of their services. */
  readonly #texts = new WeakMap<object, number>();

  weigh(changes: readonly Change[]): number {
    let sum = 0;
    for (const change of changes) sum += this.weightOf(change);
    return sum;
  }

  /** A removal carries the whole object, too. */
  weightOf(change: Change): number {
    const object = change.kind === 'delete' ? change.before : change.after;
    const previous = 'previousSpec' in object ? object.previousSpec : undefined;
    return OBJECT + this.#textOf('spec' in object ? object.spec : object) + (previous ? this.#textOf(previous) : 0);
  }

  #textOf(spec: object): number {
    const known = this.#texts.get(spec);
    if (known !== undefined) return known;
    const bytes = textIn(spec);
    this.#texts.set(spec, bytes);
    return bytes;
  }
}

function textIn(value: unknown): number {
  if (typeof value === 'string') return utf8Bytes(value);
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const [key, member] of Object.entries(value))
    sum += key.length + (key === 'data' && typeof member === 'string' ? member.length * BASE64 : textIn(member));
  return Math.ceil(sum);
}
