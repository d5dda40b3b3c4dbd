import fc from 'fast-check';
import type { ServiceDefinition } from '../../swarm/index.ts';
import { maybe, spans } from '../arbitrary.ts';
import { clusters } from '../clusters.ts';
import { services } from '../services.ts';
import { type ImageFault, isImageFault, workloads } from '../workloads.ts';
import { Scenario } from './scenario.ts';
import type { Step } from './step.ts';

/** Faults that strike at some moment. */
export const STRIKES = [
  'container-crash',
  'node-crash',
  'node-freeze',
  'node-disconnect',
  'manager-crash',
  'leader-crash',
] as const;
export type ScenarioFault = ImageFault | (typeof STRIKES)[number];

/** What a user may do meanwhile. */
export const COMMANDS = ['scale', 'force-update', 'rollback', 'drain', 'pause', 'activate'] as const;
export type ScenarioCommand = (typeof COMMANDS)[number];

export interface ScenarioOptions {
  /** Managers and workers together. Default 5. */
  readonly maxNodes?: number;
  /** Default 1, or 3 where a fault strikes managers. */
  readonly maxManagers?: number;
  /** What may go wrong. Image faults are those of the new version. Default: `image-fails`, `container-crash`, `node-crash`. */
  readonly faults?: readonly ScenarioFault[];
  /** What is done by hand while the release is under way. Default: `scale`, `force-update`, `drain`, `activate`. */
  readonly commands?: readonly ScenarioCommand[];
  /** Faults that strike and commands together. Default 5. */
  readonly maxSteps?: number;
  /** What is not left to chance about the service; a policy of one's own, for one thing. */
  readonly service?: Partial<ServiceDefinition>;
  /** The image that is released. Default: that of the service with the tag `v2`. */
  readonly release?: string;
  /** How long the swarm may take in the end to come to rest. Default `2m`. */
  readonly patience?: string;
}

/**
 * A service at rest, a release of its next version, and what goes wrong or is done by hand meanwhile. Shrinks to the
 * fewest nodes, faults and commands and the simplest of each.
 *
 * @example
 * fc.assert(
 *   fc.property(scenarios({ faults: ['image-fails'] }), (scenario) => {
 *     const run = scenario.withUpdate({ failureAction: 'rollback', monitor: '60s' }).run();
 *     return run.service().running.now > 0;
 *   }),
 * );
 */
export function scenarios(options: ScenarioOptions = {}): fc.Arbitrary<Scenario> {
  const { maxNodes = 5, faults = DEFAULT_FAULTS, commands = DEFAULT_COMMANDS, maxSteps = 5, patience } = options;
  const managersSuffer = faults.some((fault) => fault === 'leader-crash' || fault === 'manager-crash');
  const maxManagers = Math.min(maxNodes, options.maxManagers ?? (managersSuffer ? 3 : 1));
  return fc
    .record({
      cluster: clusters({ maxManagers, maxWorkers: maxNodes - 1 }),
      service: services(),
      next: workloads({ faults: faults.filter(isImageFault) }),
      meanwhile: meanwhile([...faults.filter((fault) => !isImageFault(fault)), ...commands], maxSteps),
    })
    .map(({ cluster, service: drawn, next, meanwhile }) => {
      const { managers = 1, workers = 0 } = cluster;
      const places = { managers, workers: Math.min(workers, maxNodes - managers) };
      const service = { ...drawn, ...options.service };
      const release = options.release ?? `${service.image.replace(/:[^:/]*$/, '')}:v2`;
      return new Scenario({
        cluster: { ...cluster, ...places },
        images: Object.keys(next).length === 0 ? {} : { [release]: next },
        service,
        steps: [{ do: 'release', image: release }, ...meanwhile.flatMap((one) => stepsOf(one, places, service))],
        ...(patience !== undefined && { patience }),
      });
    });
}

const DEFAULT_FAULTS: readonly ScenarioFault[] = ['image-fails', 'container-crash', 'node-crash'];
const DEFAULT_COMMANDS: readonly ScenarioCommand[] = ['scale', 'force-update', 'drain', 'activate'];

type Act = (typeof STRIKES)[number] | ScenarioCommand;

/** Names nodes and slots by number, so that every draw makes sense however the cluster shrinks. */
interface Meanwhile {
  readonly after: string;
  readonly act: Act;
  readonly target: number;
  readonly lasts: string | undefined;
}

function meanwhile(acts: readonly string[], maxLength: number): fc.Arbitrary<readonly Meanwhile[]> {
  if (acts.length === 0) return fc.constant([]);
  const one = fc.record({
    after: spans({ max: 40 }),
    act: fc.constantFrom(...(acts as readonly Act[])),
    target: fc.nat(7),
    lasts: maybe(spans({ min: 1, max: 120 })),
  });
  return fc.array(one, { maxLength });
}

interface Places {
  readonly managers: number;
  readonly workers: number;
}

function stepsOf({ after, act, target, lasts }: Meanwhile, places: Places, service: ServiceDefinition): Step[] {
  const step = stepOf(act, target, lasts, places, service);
  if (step === undefined) return [];
  return after === '0s' ? [step] : [{ do: 'wait', for: after }, step];
}

function stepOf(
  act: Act,
  target: number,
  lasts: string | undefined,
  { managers, workers }: Places,
  { mode = 'replicated', replicas = 1 }: ServiceDefinition,
): Step | undefined {
  const lasting = lasts === undefined ? {} : { for: lasts };
  const anyNode = target < workers ? `w${target + 1}` : `m${(target % managers) + 1}`;
  switch (act) {
    case 'container-crash':
      return { do: act, slot: mode === 'replicated' ? (target % replicas) + 1 : 0 };
    case 'node-crash':
    case 'node-freeze':
    case 'node-disconnect':
      // Of a cluster without workers nothing is struck: its managers have faults of their own.
      return workers === 0 ? undefined : { do: act, node: `w${(target % workers) + 1}`, ...lasting };
    case 'manager-crash':
      return { do: 'node-crash', node: `m${(target % managers) + 1}`, ...lasting };
    case 'leader-crash':
      return { do: act, ...lasting };
    case 'scale':
      return mode === 'replicated' ? { do: act, replicas: target } : undefined;
    case 'force-update':
    case 'rollback':
      return { do: act };
    case 'drain':
    case 'pause':
    case 'activate':
      return { do: act, node: anyNode };
  }
}
