/** Services of every mode, and images that behave in every way, for random scenarios. */
import fc from 'fast-check';
import type { ImageBehaviour, VectorService, VectorUpdateConfig } from './orchestration/input.ts';

type Images = Readonly<Record<string, ImageBehaviour>>;

/** The first is what services begin with, and mostly works; updates choose among all. */
const IMAGES = ['v1', 'v2', 'v3', 'v4'];

export function images(): fc.Arbitrary<Images> {
  return fc
    .tuple(mostlyGood, behaviours, behaviours, behaviours)
    .map((drawn) => Object.fromEntries(drawn.map((behaviour, index) => [IMAGES[index]!, behaviour])));
}

export function imageNames(all: Images): readonly string[] {
  return Object.keys(all);
}

const pace = {
  pullMs: fc.constantFrom(310, 40, 2_000, 7_000),
  startMs: fc.constantFrom(1_270, 100, 4_000),
  stopMs: fc.constantFrom(730, 50, 4_000, 70_000),
};

const good: fc.Arbitrary<ImageBehaviour> = fc.record(pace);

/** What goes wrong, or ends. */
const ends: fc.Arbitrary<Partial<ImageBehaviour>> = fc.oneof(
  fc.constantFrom(700, 3_000, 12_000).map((failAfterMs) => ({ failAfterMs })),
  fc.constant({ failStart: true }),
  fc.constant({ rejectPrepare: true }),
  fc.constantFrom(2_000, 9_000).map((unhealthyAfterMs) => ({ unhealthyAfterMs })),
  fc.constantFrom(1_000, 6_000).map((completeAfterMs) => ({ completeAfterMs })),
);

/** Which tasks it happens to; the rest is well. */
const when = fc.oneof(
  fc.constant({ attemptTo: 1 }),
  fc.constant({ nthFrom: 2, nthTo: 3 }),
  fc.constant({ nthTo: 1 }),
  fc.constant({}),
);

/** No quicker than this, or most of a run would be crash loops. */
const slowPull = fc.constantFrom(310, 2_000, 7_000);

const failing: fc.Arbitrary<ImageBehaviour> = fc
  .tuple(fc.record({ ...pace, pullMs: slowPull }), ends, when)
  .map(([behaviour, set, condition]) => ({ ...behaviour, rules: [{ when: condition, set }] }));

const behaviours = fc.oneof({ weight: 1, arbitrary: good }, { weight: 2, arbitrary: failing });
const mostlyGood = fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: failing });

export function services(): fc.Arbitrary<readonly VectorService[]> {
  return fc
    .array(service, { minLength: 1, maxLength: 3 })
    .map((drawn) => drawn.map((one, index) => ({ ...one, name: `s${index + 1}` })));
}

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

export const updateConfigs: fc.Arbitrary<VectorUpdateConfig> = fc.record({
  parallelism: fc.constantFrom(1, 2, 0),
  delayMs: fc.constantFrom(0, 1_000, 5_000),
  monitorMs: fc.constantFrom(5_000, 0, 1_000, 15_000),
  failureAction: fc.constantFrom('rollback', 'pause', 'rollback', 'continue'),
  maxFailureRatio: fc.constantFrom(0, 0, 0.3, 1),
  order: fc.constantFrom('stop-first', 'start-first'),
});

export const restarts: fc.Arbitrary<NonNullable<VectorService['restart']>> = fc.record({
  condition: fc.constantFrom('any', 'on-failure', 'none'),
  delayMs: fc.constantFrom(5_000, 2_000, 2_000, 0),
  maxAttempts: fc.constantFrom(0, 0, 1, 3),
  windowMs: fc.constantFrom(0, 0, 10_000),
});

export const placements: fc.Arbitrary<NonNullable<VectorService['placement']>> = fc.oneof(
  fc.constantFrom('node.labels.zone==a', 'node.labels.zone!=b').map((one) => ({ constraints: [one] })),
  fc.constant({ spread: ['node.labels.zone'] }),
  fc.constantFrom(1, 2).map((maxReplicasPerNode) => ({ maxReplicasPerNode })),
);

export const reservations: fc.Arbitrary<NonNullable<VectorService['reserve']>> = fc.record({
  cpus: fc.constantFrom(0.5, 1),
  memoryMb: fc.constantFrom(0, 300),
});

const common = {
  image: fc.constant(IMAGES[0]!),
  restart: optional(restarts),
  placement: optional(placements),
  reserve: optional(reservations),
};

const updates = fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: updateConfigs });

const rolling = { ...common, update: updates, rollback: updates };

const replicated: fc.Arbitrary<Omit<VectorService, 'name'>> = fc.record({
  ...rolling,
  mode: fc.constant<'replicated'>('replicated'),
  replicas: fc.integer({ min: 1, max: 6 }),
  hostPorts: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constant([8080]) }),
});

const global: fc.Arbitrary<Omit<VectorService, 'name'>> = fc.record({
  ...rolling,
  mode: fc.constant<'global'>('global'),
});

const jobs: fc.Arbitrary<Omit<VectorService, 'name'>> = fc.oneof(
  fc.record({ ...common, mode: fc.constant<'global-job'>('global-job') }),
  fc.record({
    ...common,
    mode: fc.constant<'replicated-job'>('replicated-job'),
    maxConcurrent: fc.integer({ min: 1, max: 3 }),
    totalCompletions: fc.integer({ min: 1, max: 5 }),
  }),
);

const service = fc.oneof(
  { weight: 5, arbitrary: replicated },
  { weight: 3, arbitrary: global },
  { weight: 1, arbitrary: jobs },
);
