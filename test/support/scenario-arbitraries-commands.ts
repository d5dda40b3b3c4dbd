/**
 * What is done to a random cluster, and when. Commands name services and nodes by number, so that every draw makes sense
 * however it shrinks; the steps that come of them name what is there at the time.
 */
import fc from 'fast-check';
import type { VectorService, VectorStep } from './orchestration/input.ts';
import { placements, reservations, restarts, updateConfigs } from './scenario-arbitraries-services.ts';

export interface Command {
  /** Since the command before. */
  readonly afterMs: number;
  /** A service or a node, by number. */
  readonly target: number;
  readonly act: Act;
}

type Act =
  | { readonly do: 'image'; readonly image: number }
  | { readonly do: 'set'; readonly set: Readonly<Record<string, unknown>> }
  | { readonly do: 'scale'; readonly replicas: number }
  | { readonly do: 'force' | 'same' | 'rollback' | 'remove' }
  | { readonly do: 'availability'; readonly availability: 'active' | 'pause' | 'drain' }
  | { readonly do: 'labels'; readonly labels: Readonly<Record<string, string>> }
  | { readonly do: 'resources'; readonly cpus: number; readonly memoryMb: number }
  | { readonly do: 'lose'; readonly crash: boolean; readonly detectMs: number; readonly forMs: number }
  | { readonly do: 'join'; readonly labels: Readonly<Record<string, string>> }
  | { readonly do: 'leave' }
  | { readonly do: 'leader'; readonly lostMs: number; readonly reconnectMs: number };

const zones = fc.constantFrom<Readonly<Record<string, string>>>({ zone: 'a' }, { zone: 'b' }, {});

function updates(): readonly fc.WeightedArbitrary<Act>[] {
  const force = fc.constantFrom<Act>({ do: 'force' }, { do: 'same' }, { do: 'rollback' });
  return [
    { weight: 6, arbitrary: fc.nat(3).map((image): Act => ({ do: 'image', image })) },
    { weight: 3, arbitrary: force },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 7 }).map((replicas): Act => ({ do: 'scale', replicas })) },
    { weight: 3, arbitrary: settings },
  ];
}

function acts({ withLeaders, withShrinking }: CommandOptions): fc.Arbitrary<Act> {
  return fc.oneof(
    ...updates(),
    { weight: 1, arbitrary: fc.constant<Act>({ do: 'remove' }) },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom('drain' as const, 'active' as const, 'pause' as const)
        .map((availability): Act => ({ do: 'availability', availability })),
    },
    { weight: 2, arbitrary: zones.map((labels): Act => ({ do: 'labels', labels })) },
    { weight: 1, arbitrary: zones.map((labels): Act => ({ do: 'join', labels })) },
    { weight: 1, arbitrary: fc.constant<Act>({ do: 'leave' }) },
    { weight: 3, arbitrary: losses },
    ...(withLeaders ? [leaders] : []),
    ...(withShrinking ? [resources] : []),
  );
}

const settings: fc.Arbitrary<Act> = fc
  .oneof(
    updateConfigs.map((update) => ({ update })),
    updateConfigs.map((rollback) => ({ rollback })),
    restarts.map((restart) => ({ restart })),
    placements.map((placement) => ({ placement })),
    reservations.map((reserve) => ({ reserve })),
    fc.constantFrom({ env: ['A=1'] }, { placement: null }, { reserve: null }),
  )
  .map((set) => ({ do: 'set', set }));

const losses: fc.Arbitrary<Act> = fc.record({
  do: fc.constant<'lose'>('lose'),
  crash: fc.boolean(),
  detectMs: fc.constantFrom(0, 15_000),
  forMs: fc.constantFrom(20_000, 3_000, 90_000),
});

const leaders: fc.WeightedArbitrary<Act> = {
  weight: 2,
  arbitrary: fc.record({
    do: fc.constant<'leader'>('leader'),
    lostMs: fc.constantFrom(0, 2_000, 9_000),
    reconnectMs: fc.constantFrom(0, 1_500),
  }),
};

const resources: fc.WeightedArbitrary<Act> = {
  weight: 1,
  arbitrary: fc.record({
    do: fc.constant<'resources'>('resources'),
    cpus: fc.constantFrom(4, 2, 1),
    memoryMb: fc.constantFrom(4096, 512),
  }),
};

export interface CommandOptions {
  readonly maxCommands: number;
  /** Whether leaders come and go. */
  readonly withLeaders: boolean;
  /** Whether nodes change their size, which a whole swarm does not know. */
  readonly withShrinking: boolean;
}

export function commands(options: CommandOptions): fc.Arbitrary<readonly Command[]> {
  const command = fc.record({
    // Mostly while the command before is still at work.
    afterMs: fc.oneof(fc.nat(3_000), fc.nat(15_000), fc.constantFrom(0, 60_000)),
    target: fc.nat(7),
    act: acts(options),
  });
  // What else is done to the same service while that is at work.
  const sequel = fc.record({ afterMs: fc.nat(3_000), act: fc.oneof(...updates()) });
  const burst = fc
    .tuple(command, fc.array(sequel, { maxLength: 2 }))
    .map(([first, sequels]) => [first, ...sequels.map((one) => ({ ...one, target: first.target }))]);
  return fc
    .array(burst, { maxLength: options.maxCommands })
    .map((bursts) => bursts.flat().slice(0, options.maxCommands));
}

interface Plan {
  readonly nodes: readonly string[];
  readonly services: readonly VectorService[];
  readonly images: readonly string[];
  readonly commands: readonly Command[];
}

/** Services come first, at 1000 ms. At the end every fault is over. */
export function stepsOf({ nodes, services, images, commands }: Plan): VectorStep[] {
  const steps: VectorStep[] = services.map((service) => ({ at: 1_000, op: 'createService', service }));
  const names = [...nodes];
  const forced = new Map<string, number>();
  let leaderBackAt = 0;
  let at = 1_000;
  let end = at;
  const faultUntil = (instant: number) => {
    end = Math.max(end, instant);
  };

  for (const { afterMs, target, act } of commands) {
    at += afterMs;
    faultUntil(at);
    const service = services[target % services.length]!;
    const node = names[target % names.length]!;
    switch (act.do) {
      case 'image':
        steps.push({ at, op: 'update', service: service.name, set: { image: images[act.image % images.length]! } });
        break;
      case 'set':
        steps.push({ at, op: 'update', service: service.name, set: permitted(service, act.set) });
        break;
      case 'scale':
        steps.push({ at, op: 'update', service: service.name, set: scaled(service, act.replicas) });
        break;
      case 'force': {
        const force = (forced.get(service.name) ?? 0) + 1;
        forced.set(service.name, force);
        steps.push({ at, op: 'update', service: service.name, set: { force } });
        break;
      }
      case 'same':
        steps.push({ at, op: 'update', service: service.name, set: {} });
        break;
      case 'rollback':
        steps.push({ at, op: 'rollback', service: service.name });
        break;
      case 'remove':
        steps.push({ at, op: 'removeService', service: service.name });
        break;
      case 'availability':
        steps.push({ at, op: 'nodeAvailability', node, availability: act.availability });
        break;
      case 'labels':
        steps.push({ at, op: 'nodeLabels', node, labels: act.labels });
        break;
      case 'resources':
        steps.push({ at, op: 'nodeResources', node, cpus: act.cpus, memoryMb: act.memoryMb });
        break;
      case 'lose':
        steps.push({ at, op: 'nodeDown', node, detectMs: act.detectMs, crash: act.crash });
        steps.push({ at: at + act.forMs, op: 'nodeUp', node });
        faultUntil(at + act.forMs);
        break;
      case 'join': {
        const name = `n${names.length + 1}`;
        names.push(name);
        steps.push({ at, op: 'nodeJoin', node: { name, labels: act.labels, cpus: 4, memoryMb: 4096 } });
        break;
      }
      case 'leave':
        // Not the first node: something has to stay.
        if (node !== names[0]) steps.push({ at, op: 'nodeRemove', node, force: true });
        break;
      case 'leader':
        if (at <= leaderBackAt) break;
        leaderBackAt = at + act.lostMs;
        steps.push({ at, op: 'leaderLost' });
        steps.push({ at: leaderBackAt, op: 'leaderElected', reconnectMs: act.reconnectMs });
        faultUntil(leaderBackAt + act.reconnectMs);
        break;
    }
  }
  // A node that came back while there was no leader is not known to be ready; one that comes back once more is.
  for (const node of names) steps.push({ at: end, op: 'nodeUp', node });
  return steps.sort((a, b) => a.at - b.at);
}

function isJob({ mode }: VectorService): boolean {
  return mode === 'replicated-job' || mode === 'global-job';
}

/** Jobs may not have an update config. */
function permitted(service: VectorService, set: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return isJob(service) && ('update' in set || 'rollback' in set) ? {} : set;
}

function scaled({ mode }: VectorService, replicas: number): Readonly<Record<string, unknown>> {
  if (mode === 'replicated') return { replicas };
  return mode === 'replicated-job' ? { totalCompletions: replicas + 1, maxConcurrent: 2 } : {};
}
