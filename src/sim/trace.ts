import { deepEqual, type Instant } from '../base/index.ts';
import { createSink, type Sink, type SinkCheckpoint, type SinkOptions } from './trace-sinks.ts';

/** The number of a record: 1, 2, 3 and so on. */
export type RecordId = number;

/** What every record carries besides its payload. */
export interface RecordHeader<Kind extends string> {
  readonly seq: RecordId;
  readonly at: Instant;
  /** Who saw or did it: a path such as `m1/orchestrator/replicated`. */
  readonly by: string;
  /** What happened, as `area.past-participle`: `raft.leader-elected`. */
  readonly kind: Kind;
  /** The record that this one follows from. */
  readonly because?: RecordId;
}

/** Payloads by kind of record: flat, plain data, without the header's keys. */
export type RecordMap<M> = {
  [K in keyof M]: K extends `${string}.${string}` ? object & { [H in keyof RecordHeader<string>]?: never } : never;
};

/** A record of one of the kinds of `M`; its `kind` tells which. */
export type TraceRecord<M, K extends keyof M & string = keyof M & string> = {
  [Kind in K]: RecordHeader<Kind> & Readonly<M[Kind]>;
}[K];

export interface TraceOptions {
  /** Gives each record its instant; a simulator is one. */
  readonly clock: { readonly now: Instant };
  /** Default: off. */
  readonly sink?: SinkOptions;
}

export interface TraceCheckpoint<M> {
  readonly recorded: number;
  readonly sink: SinkCheckpoint<TraceRecord<M>>;
}

/**
 * What happened in a run, in order, each record with the one that it follows from. `M` maps the kinds of record to
 * their payloads; every layer exports such a map, and the whole trace has the intersection of them.
 *
 * @example
 * const trace = new Trace<{ 'light.switched': { on: boolean } }>({ clock: simulator, sink: { kind: 'full' } });
 * const switched = trace.record('light.switched', { on: true }, { by: 'hall' });
 */
export class Trace<M extends RecordMap<M>> {
  readonly #clock: { readonly now: Instant };
  readonly #sink: Sink<TraceRecord<M>>;
  /** Whether records are kept at all. Ask before building a payload: tracing that is off then costs nearly nothing. */
  readonly enabled: boolean;
  readonly #only: ReadonlySet<string> | undefined;
  #recorded = 0;

  constructor({ clock, sink = { kind: 'off' } }: TraceOptions) {
    this.#clock = clock;
    this.#sink = createSink(sink);
    this.enabled = sink.kind !== 'off';
    this.#only = sink.kind === 'full' && sink.only ? new Set(sink.only) : undefined;
  }

  /** Adds a record and returns its number, for the `because` of others. It is given when tracing is off, too. */
  record<K extends keyof M & string>(
    kind: K,
    payload: M[K],
    { by, because }: { readonly by: string; readonly because?: RecordId | undefined },
  ): RecordId {
    const omitted = this.omit(kind);
    if (omitted !== undefined) return omitted;
    this.#recorded += 1;
    const seq = this.#recorded;
    const at = this.#clock.now;
    const fields: object = payload;
    const record: object =
      because === undefined ? { seq, at, by, kind, ...fields } : { seq, at, by, kind, because, ...fields };
    this.#sink.write(record as TraceRecord<M>);
    return seq;
  }

  /**
   * Gives a record its number where one of this kind is not kept, and undefined where it is. Ask before building a payload
   * that may be for nothing: `trace.omit(kind) ?? trace.record(kind, ...)`.
   */
  omit(kind: keyof M & string): RecordId | undefined {
    if (this.enabled && this.#only?.has(kind) !== false) return undefined;
    this.#recorded += 1;
    return this.#recorded;
  }

  /** The records that are kept, oldest first: all, the last ones, or none. */
  get records(): readonly TraceRecord<M>[] {
    return this.#sink.records();
  }

  /** With the `hash` sink, the hash of all records so far: sixteen hex digits. */
  get hash(): string | undefined {
    return this.#sink.hash();
  }

  checkpoint(): TraceCheckpoint<M> {
    return { recorded: this.#recorded, sink: this.#sink.checkpoint() };
  }

  /** Goes on from a checkpoint of a trace with the same kind of sink. */
  restore(checkpoint: TraceCheckpoint<M>): void {
    this.#sink.restore(checkpoint.sink);
    this.#recorded = checkpoint.recorded;
  }
}

/**
 * What a layer asks of a trace: to take its own kinds of record. The trace of a whole run, which takes those of
 * other layers too, is one.
 */
export type Recorder<M extends RecordMap<M>> = Pick<Trace<M>, 'enabled' | 'record' | 'omit'>;

/** Where two traces part: the first index at which their records differ, with what each has there. */
export interface TraceDifference<R> {
  readonly index: number;
  /** Undefined where this trace has ended. */
  readonly left: R | undefined;
  readonly right: R | undefined;
}

/** The first record that differs, or undefined for equal traces. */
export function firstDifference<R>(left: readonly R[], right: readonly R[]): TraceDifference<R> | undefined {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    if (!deepEqual(left[index], right[index])) return { index, left: left[index], right: right[index] };
  }
  return undefined;
}
