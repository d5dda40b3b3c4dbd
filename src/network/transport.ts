import { type Instant, type Micros, seconds } from '../base/index.ts';
import { HashStream, type Seed } from '../sim/index.ts';
import { DIAL_LIMIT, redialPause } from './redial.ts';

/** An exchange that is not answered within this time has failed (swarmkit manager/state/raft/raft.go, SendTimeout). */
export const SEND_LIMIT: Micros = seconds(2);

/** So many messages wait for a peer; more are lost (swarmkit manager/state/raft/transport/peer.go, newPeer). */
export const QUEUE_LIMIT = 4096;

/** What is still queued when a peer is stopped is sent within this time, or not at all (peer.go, drain). */
export const DRAIN_LIMIT: Micros = seconds(16);

/** A message for a peer. Never changed. */
export interface Outgoing<M> {
  readonly payload: M;
  /** Raft is told of a snapshot what became of it. */
  readonly isSnapshot: boolean;
}

/** Names a request to the peer; what is said of one that is over is ignored. */
export type ExchangeId = number;

/**
 * What the owner is to do, in this order.
 * - `check`, `send`: make a request of the peer, which answers it, and say by `deadline` at the latest what came of it.
 * - `dial`: at the instant `at`, try to connect, and say by `deadline` what came of it.
 * - `unreachable`, `snapshot`: report this to raft.
 */
export type TransportOutput<M> =
  | { readonly kind: 'check'; readonly exchange: ExchangeId; readonly deadline: Instant }
  | { readonly kind: 'send'; readonly exchange: ExchangeId; readonly payload: M; readonly deadline: Instant }
  | { readonly kind: 'dial'; readonly exchange: ExchangeId; readonly at: Instant; readonly deadline: Instant }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'snapshot'; readonly outcome: 'finished' | 'failed' };

/** The state as plain data; messages are shared. */
export interface TransportCheckpoint<M> {
  readonly queue: readonly Outgoing<M>[];
  readonly exchange: Exchange<M> | undefined;
  readonly redial: Redial | undefined;
  readonly lastExchange: ExchangeId;
  readonly dials: number;
  readonly activeSince: Instant | undefined;
  readonly drainUntil: Instant | undefined;
}

/** The request that waits for its answer: a message, or without one the check of the peer's health. */
interface Exchange<M> {
  readonly id: ExchangeId;
  readonly outgoing: Outgoing<M> | undefined;
  /** It was begun after the peer was stopped. */
  readonly isDraining: boolean;
}

/** There is no connection, and an attempt to make one is due or under way. */
interface Redial {
  readonly exchange: ExchangeId;
  /** Attempts that have failed since the connection was lost. */
  readonly failures: number;
}

export interface TransportOptions {
  readonly seed: Seed;
  /** Whose transport it is, and the peer that it sends to: its luck is theirs. */
  readonly from: string;
  readonly to: string;
}

/**
 * How a manager sends raft messages to one other (swarmkit manager/state/raft/transport): one request at a time, the
 * next one when the answer is there or has failed. A pure state machine: each call returns what is to be done.
 *
 * The peer counts as active from the first answer until the first failure. A refused connection is dialled again after
 * growing pauses, and until that succeeds every message fails at once, a peer that is back or not.
 *
 * Not modelled: the pieces of a large snapshot (each has a time limit of its own), a second address of the peer, and
 * what TCP does on a link that was cut and is whole again, where its own resending delays the first messages.
 */
export class TransportPeer<M> {
  readonly #luck: HashStream;
  #queue: Outgoing<M>[] = [];
  #exchange: Exchange<M> | undefined;
  #redial: Redial | undefined;
  #lastExchange: ExchangeId = 0;
  #dials = 0;
  #activeSince: Instant | undefined;
  /** Set when the peer was stopped. */
  #drainUntil: Instant | undefined;

  constructor({ seed, from, to }: TransportOptions) {
    this.#luck = new HashStream(seed, `transport/${from}/${to}/redial`);
  }

  /** Since when the peer is active, or undefined where it is not. */
  get activeSince(): Instant | undefined {
    return this.#activeSince;
  }

  /** Connected, with nothing under way and nothing waiting. */
  get isIdle(): boolean {
    return this.#exchange === undefined && this.#redial === undefined && this.#queue.length === 0;
  }

  /** So many exchanges have taken place unseen, one after the other. */
  skip(exchanges: number): void {
    this.#lastExchange += exchanges;
  }

  /** Begins with a check of the peer's health; messages wait for its outcome. */
  start(at: Instant): readonly TransportOutput<M>[] {
    return [{ kind: 'check', ...this.#begin(undefined, at) }];
  }

  /** Takes a message to send. It is lost where too many wait already; a stopped peer loses it without a word. */
  enqueue(outgoing: Outgoing<M>, at: Instant): readonly TransportOutput<M>[] {
    if (this.#drainUntil !== undefined) return [];
    if (this.#queue.length >= QUEUE_LIMIT) {
      this.#activeSince = undefined;
      return [{ kind: 'unreachable' }];
    }
    this.#queue.push(outgoing);
    return this.#next(at);
  }

  /** The peer has answered. */
  acknowledged(exchange: ExchangeId, at: Instant): readonly TransportOutput<M>[] {
    const ended = this.#end(exchange);
    if (!ended) return [];
    if (this.#drainUntil === undefined) this.#activeSince ??= at;
    const next = this.#next(at);
    return ended.outgoing?.isSnapshot ? [{ kind: 'snapshot', outcome: 'finished' }, ...next] : next;
  }

  /** The time limit is over, or the peer has answered with an error. */
  failed(exchange: ExchangeId, at: Instant): readonly TransportOutput<M>[] {
    const ended = this.#end(exchange);
    if (!ended) return [];
    return [...this.#fail(ended), ...this.#next(at)];
  }

  /** The peer's machine is there, and nobody listens: the connection is gone. */
  refused(exchange: ExchangeId, at: Instant): readonly TransportOutput<M>[] {
    const ended = this.#end(exchange);
    if (!ended) return [];
    return [...this.#fail(ended), this.#dialAgain(0, at), ...this.#next(at)];
  }

  /** There is a connection again. */
  dialled(exchange: ExchangeId): void {
    if (this.#redial?.exchange === exchange) this.#redial = undefined;
  }

  /** The attempt to connect was refused, or its time limit is over. A stopped peer does not try again. */
  dialFailed(exchange: ExchangeId, at: Instant): readonly TransportOutput<M>[] {
    if (this.#redial?.exchange !== exchange || this.#drainUntil !== undefined) return [];
    return [this.#dialAgain(this.#redial.failures + 1, at)];
  }

  /** Takes no more messages. Those that wait are still sent, up to the first that fails. */
  stop(at: Instant): readonly TransportOutput<M>[] {
    if (this.#drainUntil !== undefined) return [];
    this.#drainUntil = at + DRAIN_LIMIT;
    this.#activeSince = undefined;
    const isChecking = this.#exchange !== undefined && this.#exchange.outgoing === undefined;
    if (isChecking) this.#exchange = undefined;
    return this.#next(at);
  }

  checkpoint(): TransportCheckpoint<M> {
    return {
      queue: [...this.#queue],
      exchange: this.#exchange,
      redial: this.#redial,
      lastExchange: this.#lastExchange,
      dials: this.#dials,
      activeSince: this.#activeSince,
      drainUntil: this.#drainUntil,
    };
  }

  /** Goes back (or over: it may be that of a peer with the same options) to a checkpoint. */
  restore(checkpoint: TransportCheckpoint<M>): void {
    this.#queue = [...checkpoint.queue];
    this.#exchange = checkpoint.exchange;
    this.#redial = checkpoint.redial;
    this.#lastExchange = checkpoint.lastExchange;
    this.#dials = checkpoint.dials;
    this.#activeSince = checkpoint.activeSince;
    this.#drainUntil = checkpoint.drainUntil;
  }

  /** Sends the next message, unless one is under way; without a connection all that wait fail. */
  #next(at: Instant): TransportOutput<M>[] {
    const outputs: TransportOutput<M>[] = [];
    while (this.#exchange === undefined) {
      if (this.#drainUntil !== undefined && at >= this.#drainUntil) this.#queue = [];
      const outgoing = this.#queue.shift();
      if (outgoing === undefined) break;
      if (this.#redial) outputs.push(...this.#fail({ outgoing, isDraining: this.#drainUntil !== undefined }));
      else outputs.push({ kind: 'send', payload: outgoing.payload, ...this.#begin(outgoing, at) });
    }
    return outputs;
  }

  #begin(outgoing: Outgoing<M> | undefined, at: Instant): { exchange: ExchangeId; deadline: Instant } {
    this.#lastExchange += 1;
    const exchange = this.#lastExchange;
    this.#exchange = { id: exchange, outgoing, isDraining: this.#drainUntil !== undefined };
    return { exchange, deadline: Math.min(at + SEND_LIMIT, this.#drainUntil ?? Number.POSITIVE_INFINITY) };
  }

  /** The exchange under way if it is this one, which is over now. */
  #end(id: ExchangeId): Exchange<M> | undefined {
    const exchange = this.#exchange;
    if (exchange?.id !== id) return undefined;
    this.#exchange = undefined;
    return exchange;
  }

  /** A check that fails is no news to raft: the peer was not active before. */
  #fail({ outgoing, isDraining }: Omit<Exchange<M>, 'id'>): TransportOutput<M>[] {
    this.#activeSince = undefined;
    if (isDraining) this.#queue = [];
    if (outgoing === undefined) return [];
    return outgoing.isSnapshot
      ? [{ kind: 'snapshot', outcome: 'failed' }, { kind: 'unreachable' }]
      : [{ kind: 'unreachable' }];
  }

  #dialAgain(failures: number, at: Instant): TransportOutput<M> {
    const due = at + redialPause(failures, this.#luck.unit(this.#dials));
    this.#dials += 1;
    this.#lastExchange += 1;
    this.#redial = { exchange: this.#lastExchange, failures };
    return { kind: 'dial', exchange: this.#lastExchange, at: due, deadline: due + DIAL_LIMIT };
  }
}
