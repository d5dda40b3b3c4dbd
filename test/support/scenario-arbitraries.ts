/**
 * Random scenarios: a small cluster, its services, and commands that often meet an update half way. They are written as
 * the orchestration vectors are, so that the control plane with scripted workers can run them as they stand, and
 * `swarm-laws-player` can play them to a whole swarm.
 */
import fc from 'fast-check';
import type { VectorInput, VectorNode } from './orchestration/input.ts';
import { type Command, type CommandOptions, commands, stepsOf } from './scenario-arbitraries-commands.ts';
import { imageNames, images, services } from './scenario-arbitraries-services.ts';

/** What `VectorInput` says, and the seed of all chance. */
export interface Scenario extends VectorInput {
  readonly seed: number;
}

export interface ScenarioOptions extends CommandOptions {
  /** How long the scenario goes on after its last command, with all faults healed. */
  readonly settleMs: number;
  /** What a proposal takes, where writes take time. */
  readonly commitMs?: fc.Arbitrary<number>;
}

export function scenarios(options: ScenarioOptions): fc.Arbitrary<Scenario> {
  return fc
    .record({
      seed: fc.nat(1000),
      retentionLimit: fc.constantFrom(5, 0, 1, 2),
      nodes: fc.array(nodes, { minLength: 1, maxLength: 5 }),
      services: services(),
      images: images(),
      commands: commands(options),
      ...(options.commitMs && { commitMs: options.commitMs }),
    })
    .map((drawn) => scenarioOf(drawn as Drawn, options));
}

interface Drawn {
  readonly seed: number;
  readonly retentionLimit: number;
  readonly nodes: readonly Omit<VectorNode, 'name'>[];
  readonly services: readonly Parameters<typeof stepsOf>[0]['services'][number][];
  readonly images: VectorInput['images'];
  readonly commands: readonly Command[];
  readonly commitMs?: number;
}

/** The labels that constraints and preferences speak of. */
const labels = fc.constantFrom<Readonly<Record<string, string>>>({}, { zone: 'a' }, { zone: 'b' });

export const nodes: fc.Arbitrary<Omit<VectorNode, 'name'>> = fc.record({
  role: fc.constant<'worker'>('worker'),
  labels,
  cpus: fc.constantFrom(4, 2, 1),
  memoryMb: fc.constantFrom(4096, 1024),
});

function scenarioOf(drawn: Drawn, { settleMs }: ScenarioOptions): Scenario {
  const named = drawn.nodes.map((node, index): VectorNode => ({ ...node, name: `n${index + 1}` }));
  const steps = stepsOf({
    nodes: named.map(({ name }) => name),
    services: drawn.services,
    images: imageNames(drawn.images),
    commands: drawn.commands,
  });
  return {
    seed: drawn.seed,
    retentionLimit: drawn.retentionLimit,
    nodes: named,
    images: drawn.images,
    steps,
    measureFromMs: 0,
    untilMs: steps.at(-1)!.at + settleMs,
    ...(drawn.commitMs !== undefined && { commitMs: drawn.commitMs }),
  };
}
