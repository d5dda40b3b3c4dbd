/**
 * What may be said of a fault, as data. The reader of scenarios, their JSON schema, the table of the documentation and
 * random faults are all made from these descriptors, so none of them can forget one.
 */
import type { PhaseName } from './phase.ts';

/** What each type of parameter holds. */
export interface ParameterTypes {
  /** Go's text, such as `1m30s`. */
  readonly duration: string;
  /** A duration above zero. */
  readonly period: string;
  /** A duration of which one need not be sure: `8s`, `8s ± 2s`, `5s..10s`. */
  readonly uncertain: string;
  /** A duration since the deployment, or {@link DURING_UPDATE}. */
  readonly moment: string;
  readonly phase: PhaseName;
  /** A whole number from 1 up. */
  readonly count: number;
  /** A whole number from 0 to 255. */
  readonly exitCode: number;
  /** Between 0 and 1, or a percentage such as `30%`. */
  readonly share: number | string;
  /** The name of a node, or one of {@link NODE_WORDS}. */
  readonly node: string;
  /** Names of nodes. */
  readonly nodes: readonly string[];
  readonly service: string;
  readonly image: string;
  readonly text: string;
  /** The name of a label of nodes, and maybe its value: `zone=a`. */
  readonly label: string;
  /** Lists of nodes. */
  readonly groups: readonly (readonly string[])[];
  readonly flag: boolean;
}
export type ParameterType = keyof ParameterTypes;

/** A moment drawn from the first thirty seconds after the deployment. */
export const DURING_UPDATE = 'during update';

/** Nodes by what they are; where several are, one is drawn. */
export const NODE_WORDS = ['any', 'any worker', 'any manager', 'leader'] as const;

type Presence = 'required' | 'defaulted' | 'optional';

export interface Parameter<T extends ParameterType = ParameterType, P extends Presence = Presence> {
  readonly type: T;
  readonly presence: P;
  /** What holds where nothing is said; only of what is `defaulted`. */
  readonly default?: ParameterTypes[T];
  readonly says: string;
}

export type Parameters = Readonly<Record<string, Parameter>>;

export function required<T extends ParameterType>(type: T, says: string): Parameter<T, 'required'> {
  return { type, presence: 'required', says };
}

export function defaulted<T extends ParameterType>(
  type: T,
  value: ParameterTypes[T],
  says: string,
): Parameter<T, 'defaulted'> {
  return { type, presence: 'defaulted', default: value, says };
}

export function optional<T extends ParameterType>(type: T, says: string): Parameter<T, 'optional'> {
  return { type, presence: 'optional', says };
}

type Names<P extends Parameters, Of extends Presence> = {
  [K in keyof P]: P[K] extends Parameter<ParameterType, Of> ? K : never;
}[keyof P];

/** What a user writes for these parameters. */
export type Given<P extends Parameters> = {
  readonly [K in Names<P, 'required'>]: ParameterTypes[P[K]['type']];
} & { readonly [K in Names<P, 'defaulted' | 'optional'>]?: ParameterTypes[P[K]['type']] };

/** The same with its defaults filled in. */
export type Complete<P extends Parameters> = {
  readonly [K in Names<P, 'required' | 'defaulted'>]: ParameterTypes[P[K]['type']];
} & { readonly [K in Names<P, 'optional'>]?: ParameterTypes[P[K]['type']] };

/** Fills in the defaults. */
export function complete<P extends Parameters>(parameters: P, given: Given<P>): Complete<P> {
  const defaults = Object.entries(parameters).flatMap(([name, parameter]) =>
    parameter.default === undefined ? [] : [[name, parameter.default]],
  );
  return { ...Object.fromEntries(defaults), ...given } as Complete<P>;
}
