import type { Micros } from '../base/index.ts';
import { type Complete, DURING_UPDATE, defaulted, type Given, optional, type Parameters } from './parameter.ts';
import type { FaultPort } from './port.ts';

/** What a kind of fault may use while it strikes. */
export interface Strike {
  readonly port: FaultPort;
  /** The fault's name in its run: its kind and number. */
  readonly name: string;
  /** How often it has struck before. */
  readonly times: number;
  /** Chance in [0, 1). It depends on the seed, the fault's name and the purpose alone. */
  luck(purpose: string): number;
}

export interface Struck {
  /** Whom it hit: names of nodes, tasks, images. Nobody: it matched nothing. */
  readonly targets: readonly string[];
  /** It strikes again after so long, unless it is over by then. */
  readonly again?: Micros;
  /** It waits for containers of these images to be started: those that run already have their fate. */
  readonly awaits?: readonly string[];
  /** It has begun, although it has hit nobody yet. */
  readonly isUnderWay?: true;
}

/**
 * A kind of failure. One is added by a file in `kinds` and a line in its index; reader, schema, documentation and
 * random faults follow from `parameters`.
 */
export interface FaultKind<K extends string = string, P extends Parameters = Parameters> {
  readonly kind: K;
  /** What happens, for the documentation. */
  readonly says: string;
  readonly parameters: P;
  /** When it strikes unless told: from the deployment on, or at a drawn moment. */
  readonly strikes: 'from the deployment' | typeof DURING_UPDATE;
  /** Absent: it happens at once and has no end. Otherwise `for` may say how long; `default`: if it does not. */
  readonly lasts?: { readonly default?: string; readonly says: string };
  /** What it is going to do, in a few words. */
  describe(fault: Complete<P>): string;
  /** @throws DryswarmError (`invalid-fault`) for parameters that make no sense. */
  check?(fault: Complete<P>): void;
  strike(fault: Complete<P>, strike: Strike): Struck;
  /** Undoes it, after `for`. */
  end?(fault: Complete<P>, targets: readonly string[], strike: Strike): void;
}

export function defineFault<const K extends string, P extends Parameters>(kind: FaultKind<K, P>): FaultKind<K, P> {
  return kind;
}

/** What may be said of every fault. */
const TIMING = {
  when: optional('phase', 'strikes as soon as a service has come so far'),
  delay: optional('duration', 'so long after `when`. Default 0s'),
  of: optional('service', 'the service that `when` looks at. Default: any that is deployed'),
  optional: defaulted('flag', false, 'it is no mistake if it finds nothing to strike'),
};

function momentOf(kind: Pick<FaultKind, 'strikes'>) {
  const usual = kind.strikes === DURING_UPDATE ? DURING_UPDATE : '0s';
  return defaulted('moment', usual, `so long after the deployment; \`${DURING_UPDATE}\` draws from its first 30 s`);
}

/** Of every kind, the timing included; `for` is only there where a fault lasts. */
export function parametersOf({ parameters, strikes, lasts }: FaultKind): Parameters {
  return {
    ...parameters,
    at: momentOf({ strikes }),
    ...TIMING,
    ...(lasts && {
      for:
        lasts.default === undefined
          ? optional('duration', lasts.says)
          : defaulted('duration', lasts.default, lasts.says),
    }),
  };
}

type TimingParameters = typeof TIMING & {
  readonly at: ReturnType<typeof momentOf>;
  readonly for: ReturnType<typeof optional<'duration'>>;
};

/** A fault of a kind as a user writes it. */
export type FaultOf<F> =
  F extends FaultKind<infer K, infer P> ? { readonly kind: K } & Given<P> & Given<TimingParameters> : never;

/** Any fault, its defaults filled in, as far as its timing goes. */
export type Timed = { readonly kind: string } & Complete<TimingParameters>;
