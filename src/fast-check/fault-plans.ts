/** Random faults for scenario files and `rehearse`, made from what the kinds declare of themselves. */
import fc from 'fast-check';
import { DryswarmError } from '../base/index.ts';
import {
  completeFault,
  DURING_UPDATE,
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  NODE_WORDS,
  type ParameterType,
  type ParameterTypes,
  PHASES,
  type PhaseName,
  parametersOf,
} from '../faults/index.ts';
import { optional, spans } from './arbitrary.ts';

export interface FaultPlanOptions {
  /** Default: every kind that can be drawn without more being said. */
  readonly kinds?: readonly Fault['kind'][];
  /** Names of nodes that may be struck, beside `any`, `leader` and so on. */
  readonly nodes?: readonly string[];
  /** Images that may be struck, beside those of the deployment. */
  readonly images?: readonly string[];
  /** Services that phases may look at, beside any. */
  readonly services?: readonly string[];
  /** Labels of zones: `zone`, `zone=a`. Without any, no zone fails. */
  readonly labels?: readonly string[];
  /** Default 3. */
  readonly maxFaults?: number;
}

/** Faults of a scenario, as data. Shrinks to none, and each to its kind with nothing more said. */
export function faultPlans(options: FaultPlanOptions = {}): fc.Arbitrary<readonly Fault[]> {
  const { kinds = FAULT_KINDS.map(({ kind }) => kind), maxFaults = 3 } = options;
  const drawn = kinds.flatMap((name) => {
    const kind = FAULT_KINDS.find((candidate) => candidate.kind === name);
    const arbitrary = kind && faultsOf(kind as unknown as FaultKind, options);
    return arbitrary ? [arbitrary] : [];
  });
  return drawn.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...drawn), { maxLength: maxFaults });
}

/** Undefined where something is needed that was not given: a partition without nodes. */
function faultsOf(kind: FaultKind, options: FaultPlanOptions): fc.Arbitrary<Fault> | undefined {
  const required: Record<string, fc.Arbitrary<unknown>> = {};
  const rest: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, parameter] of Object.entries(parametersOf(kind))) {
    const values = VALUES[parameter.type](options, name);
    if (values) (parameter.presence === 'required' ? required : rest)[name] = values;
    else if (parameter.presence === 'required') return undefined;
  }
  return fc
    .tuple(fc.record(required, { noNullPrototype: true }), optional(rest))
    .map(([given, chosen]) => ({ kind: kind.kind, ...given, ...timed(chosen, kind) }) as Fault)
    .filter(isSound);
}

/** A fault waits for a phase or for a moment, and what belongs to a phase is said of one only. */
function timed(chosen: Readonly<Record<string, unknown>>, { parameters }: FaultKind): Record<string, unknown> {
  const waits = chosen.when !== undefined;
  return Object.fromEntries(
    Object.entries(chosen).filter(
      ([name]) => name in parameters || (waits ? name !== 'at' : !['after', 'of'].includes(name)),
    ),
  );
}

function isSound(fault: Fault): boolean {
  try {
    completeFault(fault);
    return true;
  } catch (error) {
    if (error instanceof DryswarmError) return false;
    throw error;
  }
}

type Values = {
  readonly [T in ParameterType]: (
    options: FaultPlanOptions,
    name: string,
  ) => fc.Arbitrary<ParameterTypes[T]> | undefined;
};

const VALUES: Values = {
  duration: () => spans({ min: 1, max: 120 }),
  period: () => spans({ min: 1, max: 120 }),
  uncertain: () =>
    fc.oneof(
      spans({ max: 60 }),
      fc.tuple(spans({ min: 5, max: 60 }), spans({ min: 1, max: 5 })).map(([mean, by]) => `${mean} ± ${by}`),
    ),
  moment: () => fc.oneof(spans({ max: 120 }), fc.constant(DURING_UPDATE)),
  phase: () => fc.constantFrom(...(Object.keys(PHASES) as PhaseName[])),
  count: () => fc.integer({ min: 1, max: 5 }),
  exitCode: () => fc.integer({ min: 1, max: 255 }),
  share: () => fc.constantFrom('100%', '50%', '20%'),
  node: ({ nodes = [] }) => fc.constantFrom(...NODE_WORDS, ...nodes),
  nodes: ({ nodes = [] }) => (nodes.length === 0 ? undefined : fc.subarray([...nodes], { minLength: 1 })),
  service: ({ services = [] }) => among(services),
  image: ({ images = [] }) => among(images),
  text: () => fc.constant('refused'),
  label: ({ labels = [] }) => among(labels),
  groups: ({ nodes = [] }) =>
    nodes.length < 2
      ? undefined
      : fc.subarray([...nodes], { minLength: 1, maxLength: nodes.length - 1 }).map((group) => [group]),
  flag: () => fc.constant(true),
};

function among(values: readonly string[]): fc.Arbitrary<string> | undefined {
  return values.length === 0 ? undefined : fc.constantFrom(...values);
}
