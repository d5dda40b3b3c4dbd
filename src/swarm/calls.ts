/**
 * Calls of clients: made on one manager's machine, executed by the leader, given up after 20 s (moby
 * daemon/cluster/cluster.go, swarmRequestTimeout; swarmkit protobuf/plugin/raftproxy).
 */
import { NO_SWARM, NOT_A_MANAGER } from '../api/index.ts';
import { ApiError, type Micros, millis, seconds } from '../base/index.ts';
import { type ApiRequest, phaseOf } from '../manager/index.ts';
import type { EventId } from '../sim/index.ts';
import { NO_LEADER } from './leader-look-up.ts';
import type { ManagerProcess } from './manager-process.ts';
import type { CallContent, CallId, CallOutcome, CallParcel } from './parcels.ts';
import type { Kernel, Wire } from './wire.ts';

/** The machines, as clients see them. */
export interface CallMachines {
  isUp(node: string): boolean;
  isFrozen(node: string): boolean;
  isInSwarm(node: string): boolean;
  isLocked(node: string): boolean;
  /** Has the role of a manager, be its process there or not. */
  isManager(node: string): boolean;
  process(node: string): ManagerProcess | undefined;
}

interface OpenCall extends CallContent {
  /** The machine whose daemon the client asks. */
  readonly on: string;
  readonly timeout: EventId;
  /** Somebody waits for the outcome. */
  readonly isAwaited: boolean;
  /** A connection that broke is replaced once. */
  hasRetried: boolean;
}

export interface CallEnd extends CallContent {
  readonly on: string;
  readonly isAwaited: boolean;
  readonly outcome: CallOutcome;
}

export interface CallsState {
  readonly next: CallId;
  readonly open: readonly Readonly<OpenCall>[];
}

const CALL_LIMIT = seconds(20);
const POLL_INTERVAL = seconds(1);
const RETRY_INTERVAL = millis(500);

const NOT_READY =
  'This node is not a swarm manager. Manager is being prepared or has trouble connecting to the cluster.';
const LOCKED =
  'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.';
export const NO_DAEMON =
  'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';

export interface CallsOptions {
  readonly kernel: Kernel;
  readonly wire: Wire;
  readonly machines: CallMachines;
  /** Told once of each call how it ended. */
  readonly ended: (end: CallEnd) => void;
}

export class Calls {
  readonly #options: CallsOptions;
  readonly #open = new Map<CallId, OpenCall>();
  #next: CallId;

  constructor(options: CallsOptions, state: CallsState = { next: 1, open: [] }) {
    this.#options = options;
    this.#next = state.next;
    for (const call of state.open) this.#open.set(call.call, { ...call });
  }

  /** A client calls the daemon on `on`; without a request, it wants to read. `ended` may be told at once. */
  make(
    on: string,
    { request, cause }: Omit<CallContent, 'call'>,
    { isAwaited, limit = CALL_LIMIT }: { readonly isAwaited: boolean; readonly limit?: Micros },
  ): CallId {
    const { kernel } = this.#options;
    const call = this.#next;
    this.#next += 1;
    const timeout = kernel.schedule(kernel.now + limit, { kind: 'call.timeout', call }, { periodic: true });
    this.#open.set(call, { call, request, cause, on, timeout, isAwaited, hasRetried: false });
    const opened = this.#open.get(call)!;
    // A machine that stands still takes the call when it goes on, if the client has not given up by then.
    if (this.#options.machines.isFrozen(on)) this.#pollAfter(opened, 0);
    else this.#lookUp(opened, 'first');
    return call;
  }

  /** Looks for the leader again. */
  poll(id: CallId): void {
    const call = this.#open.get(id);
    if (call) this.#lookUp(call, 'again');
  }

  timedOut(call: CallId): void {
    this.end(call, { status: 'DeadlineExceeded', message: 'context deadline exceeded' });
  }

  /** A parcel has arrived at a machine. */
  receive(at: string, from: string, parcel: CallParcel): void {
    switch (parcel.kind) {
      case 'call.forwarded': {
        const process = this.#options.machines.process(at);
        if (process) process.execute(parcel, from);
        else this.#send(at, from, { kind: 'call.refused', call: parcel.call });
        return;
      }
      case 'call.answered':
        return this.end(parcel.call, parcel.outcome);
      case 'call.refused': {
        const call = this.#open.get(parcel.call);
        if (!call) return;
        if (call.hasRetried) return this.end(call.call, { status: 'Unavailable', message: 'connection error' });
        call.hasRetried = true;
        return this.#pollAfter(call, RETRY_INTERVAL);
      }
    }
  }

  /** The daemon on a machine is gone, and its clients with it. */
  machineDown(node: string): void {
    for (const { call, on } of [...this.#open.values()])
      if (on === node) this.end(call, { status: 'Unavailable', message: NO_DAEMON });
  }

  end(id: CallId, outcome: CallOutcome): void {
    const call = this.#open.get(id);
    if (!call) return;
    this.#options.kernel.cancel(call.timeout);
    this.#open.delete(id);
    const { request, cause, on, isAwaited } = call;
    this.#options.ended({ call: id, request, cause, on, isAwaited, outcome });
  }

  checkpoint(): CallsState {
    return { next: this.#next, open: [...this.#open.values()].map((call) => ({ ...call })) };
  }

  /** Whether it is worth waiting at all is only asked the first time. */
  #lookUp(call: OpenCall, time: 'first' | 'again'): void {
    const { machines } = this.#options;
    const { on } = call;
    const process = machines.process(on);
    if (!process) {
      return this.end(call.call, { status: 'Unavailable', message: this.#whyNoManager(on) });
    }
    const { call: id, request, cause } = call;
    const leader = process.findLeader();
    if (leader.kind === 'self') return process.execute({ call: id, request, cause }, on);
    if (leader.kind === 'peer')
      return this.#send(on, leader.node, { kind: 'call.forwarded', call: id, request, cause });
    if (time === 'first' && leader.isLost) return this.end(id, { status: 'Unknown', message: NO_LEADER });
    this.#pollAfter(call, POLL_INTERVAL);
  }

  #whyNoManager(on: string): string {
    const { machines } = this.#options;
    if (!machines.isUp(on)) return NO_DAEMON;
    if (!machines.isInSwarm(on)) return NO_SWARM;
    if (machines.isLocked(on)) return LOCKED;
    return machines.isManager(on) ? NOT_READY : NOT_A_MANAGER;
  }

  #pollAfter({ call, on }: OpenCall, delay: number): void {
    const { kernel } = this.#options;
    kernel.schedule(kernel.now + delay, { kind: 'call.poll', call, on }, { periodic: true });
  }

  #send(from: string, to: string, parcel: CallParcel): void {
    const { wire, kernel } = this.#options;
    wire.send({ from, to, channel: 'api', parcel, priority: phaseOf(kernel) });
  }
}

/** An outcome as those who asked get it: the answer, or the refusal thrown. */
export function throwIfRefused(
  outcome: CallOutcome,
): asserts outcome is Exclude<CallOutcome, { readonly status: unknown }> {
  if ('status' in outcome) throw new ApiError(outcome.status, outcome.message);
}

/** What a request is about: the id of an object, or the name of one that is to be. */
export function targetOf(request: ApiRequest): string {
  return 'id' in request ? request.id : request.spec.name;
}
