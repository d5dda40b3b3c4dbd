/** What a release is rehearsed against. */
import type { DurationInput } from '../../base/index.ts';
import type { Fault } from '../../faults/index.ts';
import type { ImageDefinition, NodeDefinition } from '../../swarm/index.ts';
import type { Gate } from '../gates.ts';
import type { Expectation } from './expectation.ts';

export interface ClusterDefinition {
  /** Default 1. */
  readonly managers?: number;
  /** Default 3. */
  readonly workers?: number;
  /** What the nodes named by number are like. */
  readonly node?: Omit<NodeDefinition, 'name' | 'role'>;
  readonly nodes?: readonly NodeDefinition[];
}

export interface Scenario {
  readonly name: string;
  readonly cluster: ClusterDefinition;
  /** Image to how its containers behave; images without an entry are good. */
  readonly images: Readonly<Record<string, ImageDefinition>>;
  readonly faults: readonly Fault[];
  readonly expect: Expectation;
  /** What must not happen, besides. Default: nothing. */
  readonly gates?: readonly Gate[];
  /** Virtual time after which a rollout that has not ended counts as stuck. Default 1h. */
  readonly patience: DurationInput;
  /** The release that it is about; absent where whoever rehearses says so. */
  readonly files?: ReleaseFiles;
  /** How many seeds it wants. Absent: as many as whoever rehearses likes. */
  readonly seeds?: number;
}

/** Compose files, later ones over earlier ones, by paths from the scenario's own place. */
export interface ReleaseFiles {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The name of the stack. Absent: as if the scenario had no say in it. */
  readonly stack?: string;
}

export const DEFAULT_CLUSTER: Required<Pick<ClusterDefinition, 'managers' | 'workers'>> = { managers: 1, workers: 3 };
export const DEFAULT_PATIENCE = '1h';
export const DEFAULT_SEEDS = 10;
/** What is far larger than any swarm is a slip of the pen. */
export const MAX_NODES = 10_000;
/** More would only take longer. */
export const MAX_SEEDS = 10_000;
