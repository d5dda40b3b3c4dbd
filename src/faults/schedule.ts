/** The faults of one run: when each of them strikes, whom it hit, and when it is over. */
import { durationOf } from '../api/index.ts';
import { DryswarmError, type Instant, microsOf, seconds } from '../base/index.ts';
import { HashStream, type Seed } from '../sim/index.ts';
import { type FaultKind, parametersOf, type Strike, type Timed } from './define-fault.ts';
import { FAULT_KINDS, type Fault } from './kinds/index.ts';
import { complete, DURING_UPDATE } from './parameter.ts';
import { hasReached, type RolloutView } from './phase.ts';
import type { FaultPort } from './port.ts';

/** The window of {@link DURING_UPDATE}. */
const UPDATE_WINDOW = seconds(30);

/** What became of a fault. */
export interface Injection {
  /** Its kind and number, such as `node-crash-1`. */
  readonly name: string;
  /** What it was to do, in words. */
  readonly text: string;
  /** `expired`: the moment that it was to strike at never came, or no container came that it could have met. */
  readonly fate: 'applied' | 'matched nothing' | 'expired';
  /** When it struck first. */
  readonly at: Instant | undefined;
  /** When it was over; undefined where it lasted to the end, or has no end. */
  readonly until: Instant | undefined;
  readonly targets: readonly string[];
  /** Whether it is a mistake that it found nothing to strike. */
  readonly isOptional: boolean;
}

/** Plain data: what is known of one fault so far. */
interface Planned {
  readonly name: string;
  readonly fault: Timed;
  /** When it strikes next; undefined while it waits for its phase, and when it does not strike any more. */
  due: Instant | undefined;
  ends: Instant | undefined;
  struck: Instant | undefined;
  over: Instant | undefined;
  times: number;
  targets: readonly string[];
  /** Images of which a container has to be started for it to hit anything. */
  awaits: readonly string[];
  isApplied: boolean;
}

export interface FaultScheduleOptions {
  readonly faults: readonly Fault[];
  readonly seed: Seed;
  /** The instant of the deployment, from which moments are counted. */
  readonly from: Instant;
}

/**
 * Says when something has to be done, and does it when it is told to: whoever owns the swarm runs it up to
 * {@link FaultSchedule.next}, or to where {@link FaultSchedule.isDue}, lets the instant settle, and calls
 * {@link FaultSchedule.strike}.
 */
export class FaultSchedule {
  readonly #planned: readonly Planned[];
  readonly #seed: Seed;

  /** @throws DryswarmError (`invalid-fault`) */
  constructor({ faults, seed, from }: FaultScheduleOptions) {
    this.#seed = seed;
    const numbers = new Map<string, number>();
    this.#planned = faults.map((given) => {
      const number = (numbers.get(given.kind) ?? 0) + 1;
      numbers.set(given.kind, number);
      const name = `${given.kind}-${number}`;
      const fault = completeFault(given);
      const due = fault.when === undefined ? from + this.#momentOf(fault, name) : undefined;
      return {
        name,
        fault,
        due,
        ends: undefined,
        struck: undefined,
        over: undefined,
        times: 0,
        targets: [],
        awaits: [],
        isApplied: false,
      };
    });
  }

  /** The next instant at which something has to be done whatever the rollout does. */
  get next(): Instant | undefined {
    const instants = this.#planned.flatMap(({ due, ends, over }) => [due, over === undefined ? ends : undefined]);
    const known = instants.filter((at) => at !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  /** Whether faults wait for a phase of the rollout. */
  get isWaiting(): boolean {
    return this.#planned.some(isWaiting);
  }

  /** Whether something that waits for a phase has got it. */
  isDue(view: RolloutView): boolean {
    return this.#planned.some(
      (planned) => isWaiting(planned) && hasReached(planned.fault.when!, view, planned.fault.of),
    );
  }

  /** Does all that has to be done at this instant, ends before beginnings. */
  strike(now: Instant, view: RolloutView, port: FaultPort): void {
    for (const planned of this.#planned)
      if (planned.ends !== undefined && planned.ends <= now) this.#end(planned, now, port);
    for (const planned of this.#planned) {
      const { fault } = planned;
      if (isWaiting(planned) && hasReached(fault.when!, view, fault.of))
        planned.due = now + micros(fault.delay ?? '0s');
      if (planned.due !== undefined && planned.due <= now) this.#begin(planned, now, port);
    }
  }

  /** What became of each, when all is over. */
  report(port: FaultPort): readonly Injection[] {
    return this.#planned.map((planned) => ({
      name: planned.name,
      text: kindOf(planned.fault.kind).describe(planned.fault),
      fate: fateOf(planned, port),
      at: planned.struck,
      until: planned.over,
      targets: planned.targets,
      isOptional: planned.fault.optional,
    }));
  }

  #begin(planned: Planned, now: Instant, port: FaultPort): void {
    const { fault } = planned;
    const kind = kindOf(fault.kind);
    planned.struck ??= now;
    if (kind.lasts && fault.for !== undefined) planned.ends ??= now + micros(fault.for);
    const { targets, awaits = [], again, isUnderWay } = kind.strike(fault, this.#strikeOf(planned, port));
    planned.times += 1;
    planned.targets = [...planned.targets, ...targets];
    planned.awaits = awaits;
    planned.isApplied ||= targets.length > 0 || isUnderWay === true;
    planned.due = again === undefined ? undefined : now + again;
    if (!planned.isApplied && planned.due === undefined) planned.ends = undefined;
  }

  #end(planned: Planned, now: Instant, port: FaultPort): void {
    planned.ends = undefined;
    planned.due = undefined;
    planned.over = now;
    kindOf(planned.fault.kind).end?.(planned.fault, planned.targets, this.#strikeOf(planned, port));
  }

  #strikeOf({ name, times }: Planned, port: FaultPort): Strike {
    return { port, name, times, luck: (purpose) => this.#luck(name, purpose) };
  }

  #luck(name: string, purpose: string): number {
    return new HashStream(this.#seed, `faults/${name}/${purpose}`).unit(0);
  }

  /** What strikes a swarm, and not only what is to come, meets the deployment: that was asked for before. */
  #momentOf({ kind, at }: Timed, name: string): number {
    const moment = at === DURING_UPDATE ? Math.round(this.#luck(name, 'moment') * UPDATE_WINDOW) : micros(at);
    return kindOf(kind).strikes === DURING_UPDATE ? Math.max(1, moment) : moment;
  }
}

function fateOf({ struck, over, awaits, isApplied }: Planned, port: FaultPort): Injection['fate'] {
  if (struck === undefined) return 'expired';
  if (!isApplied) return 'matched nothing';
  return awaits.length === 0 || port.wereStarting(awaits, struck, over) ? 'applied' : 'expired';
}

/** With its defaults. @throws DryswarmError (`invalid-fault`) for one that makes no sense. */
export function completeFault(given: Fault): Timed {
  const kind = kindOf(given.kind);
  if (given.when !== undefined && given.at !== undefined) {
    throw new DryswarmError('invalid-fault', `${given.kind} has both at and when`, 'delay says how long after when');
  }
  const needsWhen = given.delay !== undefined ? 'delay' : given.of !== undefined ? 'of' : undefined;
  if (needsWhen !== undefined && given.when === undefined) {
    throw new DryswarmError('invalid-fault', `${given.kind} has ${needsWhen} without when`);
  }
  const fault = complete(parametersOf(kind), given as never) as Timed;
  kind.check?.(fault);
  return fault;
}

/** @throws DryswarmError (`invalid-fault`) for a kind that is not known. */
export function kindOf(name: string): FaultKind {
  const kind = FAULT_KINDS.find((candidate) => candidate.kind === name);
  if (kind) return kind as unknown as FaultKind;
  const known = FAULT_KINDS.map((candidate) => candidate.kind).join(', ');
  throw new DryswarmError('invalid-fault', `there is no fault ${JSON.stringify(name)}`, `known: ${known}`);
}

function isWaiting({ fault, struck, due }: Planned): boolean {
  return fault.when !== undefined && struck === undefined && due === undefined;
}

function micros(duration: string): number {
  return microsOf(durationOf(duration));
}
