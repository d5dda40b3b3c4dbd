import { assert, unreachable } from '../base/index.ts';
import { digestText, PlainHash, type PlainHashState } from './plain-hash.ts';

/**
 * What a trace keeps: nothing, the last `size` records, all of them, or a hash of all of them, which is enough to
 * tell whether two runs were the same.
 */
export type SinkOptions =
  | { readonly kind: 'off' }
  | { readonly kind: 'ring'; readonly size: number }
  | {
      readonly kind: 'full';
      /** Kinds of record; all others get their numbers and are gone. Default: all are kept. */
      readonly only?: readonly string[];
    }
  | { readonly kind: 'hash' };

/** What a sink holds, as a plain value; records are shared. */
export type SinkCheckpoint<R> =
  | { readonly kind: 'off' }
  | { readonly kind: 'ring'; readonly records: readonly R[] }
  | { readonly kind: 'full'; readonly chunk: Chunk<R> | undefined }
  | { readonly kind: 'hash'; readonly state: PlainHashState };

/** Records that no longer change, behind those before them. */
export interface Chunk<R> {
  readonly before: Chunk<R> | undefined;
  readonly records: readonly R[];
}

export interface Sink<R> {
  write(record: R): void;
  /** What is kept, oldest first. */
  records(): readonly R[];
  /** The hash of all that was written, where the sink makes one. */
  hash(): string | undefined;
  checkpoint(): SinkCheckpoint<R>;
  restore(checkpoint: SinkCheckpoint<R>): void;
}

export function createSink<R extends object>(options: SinkOptions): Sink<R> {
  switch (options.kind) {
    case 'off':
      return new OffSink<R>();
    case 'ring':
      return new RingSink<R>(options.size);
    case 'full':
      return new FullSink<R>();
    case 'hash':
      return new HashSink<R>();
    default:
      return unreachable(options);
  }
}

class OffSink<R> implements Sink<R> {
  write(): void {}

  records(): readonly R[] {
    return [];
  }

  hash(): undefined {
    return undefined;
  }

  checkpoint(): SinkCheckpoint<R> {
    return { kind: 'off' };
  }

  restore(checkpoint: SinkCheckpoint<R>): void {
    expectKind(checkpoint, 'off');
  }
}

class RingSink<R> implements Sink<R> {
  readonly #size: number;
  #records: R[] = [];
  /** Where the oldest record is, once the ring is full. */
  #oldest = 0;

  constructor(size: number) {
    assert(Number.isSafeInteger(size) && size > 0, `a trace cannot keep the last ${size} records`);
    this.#size = size;
  }

  write(record: R): void {
    if (this.#records.length < this.#size) {
      this.#records.push(record);
      return;
    }
    this.#records[this.#oldest] = record;
    this.#oldest = (this.#oldest + 1) % this.#size;
  }

  records(): readonly R[] {
    return [...this.#records.slice(this.#oldest), ...this.#records.slice(0, this.#oldest)];
  }

  hash(): undefined {
    return undefined;
  }

  checkpoint(): SinkCheckpoint<R> {
    return { kind: 'ring', records: this.records() };
  }

  restore(checkpoint: SinkCheckpoint<R>): void {
    expectKind(checkpoint, 'ring');
    this.#records = checkpoint.records.slice(-this.#size);
    this.#oldest = 0;
  }
}

/** Keeps all records in chunks: a checkpoint closes the open one, so that it costs the same however many there are. */
class FullSink<R> implements Sink<R> {
  #closed: Chunk<R> | undefined;
  #open: R[] = [];

  write(record: R): void {
    this.#open.push(record);
  }

  records(): readonly R[] {
    const chunks: (readonly R[])[] = [this.#open];
    for (let chunk = this.#closed; chunk !== undefined; chunk = chunk.before) chunks.push(chunk.records);
    return chunks.reverse().flat();
  }

  hash(): undefined {
    return undefined;
  }

  checkpoint(): SinkCheckpoint<R> {
    if (this.#open.length > 0) {
      this.#closed = { before: this.#closed, records: this.#open };
      this.#open = [];
    }
    return { kind: 'full', chunk: this.#closed };
  }

  restore(checkpoint: SinkCheckpoint<R>): void {
    expectKind(checkpoint, 'full');
    this.#closed = checkpoint.chunk;
    this.#open = [];
  }
}

class HashSink<R> implements Sink<R> {
  readonly #hash = new PlainHash();

  write(record: R): void {
    this.#hash.value(record);
  }

  records(): readonly R[] {
    return [];
  }

  hash(): string {
    return digestText(this.#hash.digest());
  }

  checkpoint(): SinkCheckpoint<R> {
    return { kind: 'hash', state: this.#hash.checkpoint() };
  }

  restore(checkpoint: SinkCheckpoint<R>): void {
    expectKind(checkpoint, 'hash');
    this.#hash.restore(checkpoint.state);
  }
}

function expectKind<R, K extends SinkCheckpoint<R>['kind']>(
  checkpoint: SinkCheckpoint<R>,
  kind: K,
): asserts checkpoint is Extract<SinkCheckpoint<R>, { kind: K }> {
  assert(checkpoint.kind === kind, `a trace that keeps "${checkpoint.kind}" cannot go on as one that keeps "${kind}"`);
}
