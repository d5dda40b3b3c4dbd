/** Scenarios that come into the middle of one kind of update, for sure or nearly so. */
import fc from 'fast-check';
import type { ImageBehaviour, VectorService, VectorStep, VectorUpdateConfig } from './orchestration/input.ts';
import { nodes, type Scenario } from './scenario-arbitraries.ts';
import type { UpdateKind } from './update-kinds.ts';

/** When the new version comes: all is well by then. */
const RELEASE_MS = 15_000;

/** After the last step: long enough for what it set off, and for the first failures. */
const TAIL_MS = 30_000;

const draw = fc.record({
  seed: fc.nat(1_000),
  retentionLimit: fc.constantFrom(5, 1),
  nodes: fc.array(nodes, { minLength: 2, maxLength: 4 }),
  pace: fc.record({
    pullMs: fc.constantFrom(310, 2_000),
    startMs: fc.constantFrom(1_270, 400),
    stopMs: fc.constantFrom(730, 4_000),
  }),
  replicas: fc.integer({ min: 3, max: 5 }),
  update: fc.record({
    parallelism: fc.constantFrom(1, 2),
    delayMs: fc.constantFrom(0, 3_000),
    monitorMs: fc.constantFrom(5_000, 2_000),
    order: fc.constantFrom<('stop-first' | 'start-first')[]>('stop-first', 'start-first'),
  }),
  /** What comes between comes so long after the release, or after what came before. */
  afterMs: fc.nat(3_000),
  /** Sometimes a node is drained meanwhile. */
  drainAfterMs: fc.option(fc.nat(8_000)),
});

type Draw = typeof draw extends fc.Arbitrary<infer D> ? D : never;

interface Situation {
  readonly service?: Partial<VectorService>;
  readonly update?: VectorUpdateConfig;
  /** What v2 is like, beside its pace. */
  readonly v2?: Partial<ImageBehaviour>;
  /** Default: v2. */
  readonly release?: Readonly<Record<string, unknown>>;
  readonly next?: readonly VectorStep[];
}

const FAILS: Partial<ImageBehaviour> = { failAfterMs: 700 };

const SITUATIONS: Readonly<Record<UpdateKind, (draw: Draw) => Situation>> = {
  'start-first': () => ({ update: { order: 'start-first' } }),
  'stop-first': () => ({ update: { order: 'stop-first' } }),
  'a delay': () => ({ update: { delayMs: 4_000, parallelism: 1 } }),
  'the watch of the monitor period': () => ({}),
  'a pause': () => ({ v2: FAILS, update: { failureAction: 'pause' } }),
  'an automatic rollback': () => ({ v2: FAILS, update: { failureAction: 'rollback' } }),
  'a manual rollback': ({ afterMs }) => ({ next: [rollback(RELEASE_MS + afterMs)] }),
  'a replicated job anew': ({ replicas }) =>
    job({ mode: 'replicated-job', totalCompletions: replicas, maxConcurrent: 2 }),
  'a global job anew': () => job({ mode: 'global-job' }),
  'a global service': () => ({ service: { mode: 'global' } }),
  'host ports': () => ({ service: { hostPorts: [8080], replicas: 2 }, update: { order: 'stop-first' } }),
  'an overlapping update': ({ afterMs }) => ({ next: [change(RELEASE_MS + afterMs, { image: 'v3' })] }),
  'an update during a rollback': ({ afterMs }) => ({
    next: [rollback(RELEASE_MS + 2_000), change(RELEASE_MS + 2_000 + afterMs, { image: 'v3' })],
  }),
  'a scale': ({ afterMs, replicas }) => ({
    next: [change(RELEASE_MS + afterMs, { replicas: afterMs % 2 === 0 ? replicas + 2 : replicas - 2 })],
  }),
  'a new leader': ({ afterMs }) => ({
    update: { delayMs: 12_000, parallelism: 1 },
    next: [
      { at: RELEASE_MS + afterMs, op: 'leaderLost' },
      { at: RELEASE_MS + afterMs + 25_000, op: 'leaderElected' },
    ],
  }),
};

export function situations(kind: UpdateKind): fc.Arbitrary<Scenario> {
  return draw.map((drawn) => scenarioOf(drawn, SITUATIONS[kind](drawn)));
}

function rollback(at: number): VectorStep {
  return { at, op: 'rollback', service: 's1' };
}

function change(at: number, set: Readonly<Record<string, unknown>>): VectorStep {
  return { at, op: 'update', service: 's1', set };
}

/** Jobs have no update config: what is new about them is another iteration. */
function job(service: Partial<VectorService>): Situation {
  return { service: { ...service, image: 'ends', update: null, rollback: null }, release: { force: 1 } };
}

function scenarioOf(drawn: Draw, { service, update, v2, release = { image: 'v2' }, next = [] }: Situation): Scenario {
  const { seed, retentionLimit, pace, replicas, drainAfterMs } = drawn;
  const config = { ...drawn.update, ...update };
  const created: VectorService = { name: 's1', image: 'v1', replicas, update: config, rollback: config, ...service };
  const drains: VectorStep[] =
    drainAfterMs === null
      ? []
      : [{ at: RELEASE_MS + drainAfterMs, op: 'nodeAvailability', node: 'n1', availability: 'drain' }];
  const steps: VectorStep[] = [
    { at: 1_000, op: 'createService', service: created },
    change(RELEASE_MS, release),
    ...[...next, ...drains].sort((a, b) => a.at - b.at),
  ];
  return {
    seed,
    retentionLimit,
    nodes: drawn.nodes.map((node, index) => ({ ...node, name: `n${index + 1}` })),
    images: { v1: pace, v2: { ...pace, ...v2 }, v3: pace, ends: { ...pace, completeAfterMs: 4_000 } },
    steps,
    measureFromMs: 0,
    untilMs: steps.at(-1)!.at + TAIL_MS,
  };
}
