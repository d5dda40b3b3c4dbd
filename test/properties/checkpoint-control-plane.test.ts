import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { updateConfigs } from '../support/scenario-arbitraries-services.ts';
import {
  type ControlPlaneCheckpoint,
  type ControlPlaneStep,
  ControlPlaneWorld,
} from '../support/swarm-laws-control-plane.ts';

const TAIL_MS = 20_000;

const definitions = fc
  .record({
    image: fc.constantFrom('good', 'better', 'bad'),
    replicas: fc.integer({ min: 0, max: 5 }),
    update: updateConfigs,
    rollback: updateConfigs,
  })
  .map((drawn): ControlPlaneStep => ({ do: 'define', service: { ...drawn, name: 'web' } }));

const others = fc.constantFrom<ControlPlaneStep>({ do: 'rollback' }, { do: 'lose leader' }, { do: 'elect leader' });

/** Each some time after the one before; in the end there is a leader. */
const steps = fc
  .array(fc.tuple(fc.nat(4_000), fc.oneof({ weight: 3, arbitrary: definitions }, others)), {
    minLength: 1,
    maxLength: 7,
  })
  .map((drawn) => {
    let at = 1_000;
    const timed: (readonly [atMs: number, step: ControlPlaneStep])[] = [];
    for (const [afterMs, step] of drawn) {
      at += afterMs;
      timed.push([at, step]);
    }
    return [...timed, [at + 2_000, { do: 'elect leader' }] as const];
  });

const run = fc.record({
  seed: fc.nat(1_000),
  commitMs: fc.constantFrom(1, 7, 50, 180),
  steps,
  /** The cut: after so many events, and perhaps on to the next proposal. */
  events: fc.nat(400),
  toProposal: fc.boolean(),
});

it('a control plane runs on after a restore as without, also with a proposal under way', () => {
  let proposing = 0;
  const numRuns = runs(200);
  fc.assert(
    fc.property(run, (drawn) => {
      const untilMs = drawn.steps.at(-1)![0] + TAIL_MS;
      const world = (checkpoint?: ControlPlaneCheckpoint): ControlPlaneWorld => {
        const made = new ControlPlaneWorld(drawn.seed, drawn.commitMs);
        if (checkpoint) made.restore(checkpoint);
        else made.start(drawn.steps);
        return made;
      };
      const straight = world();
      straight.run(untilMs);

      const cut = world();
      cut.handle(drawn.events, untilMs);
      if (drawn.toProposal) cut.runToProposal(untilMs);
      if (cut.isProposing) proposing += 1;
      const before = cut.happened.length;
      const checkpoint = cut.checkpoint();
      const forks = [world(checkpoint), world(structuredClone(checkpoint))];
      cut.run(untilMs);
      expect(cut.happened).toEqual(straight.happened);

      // The last is restored when the world that the checkpoint is of has gone on.
      for (const fork of [...forks, world(checkpoint)]) {
        fork.run(untilMs);
        expect(fork.happened).toEqual(straight.happened.slice(before));
        expect(fork.objects).toEqual(straight.objects);
      }
    }),
    { numRuns },
  );
  expect(proposing).toBeGreaterThan(numRuns / 4);
});
