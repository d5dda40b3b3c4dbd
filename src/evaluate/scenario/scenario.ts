/** What a release is rehearsed against. */
import type { DurationInput } from '../../base/index.ts';
import type { ImageDefinition, NodeDefinition } from '../../swarm/index.ts';
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

/** Something that goes wrong, or is done, while the release is under way. */
export interface ScenarioFault {
  readonly kind: FaultKind;
  /** A node's name, or `any`: drawn with the seed. */
  readonly node: string;
  /** After the deployment; `during update` draws a moment from its first thirty seconds. */
  readonly at: DurationInput | 'during update';
  /** After which it is over again. Default: it is not. */
  readonly for?: DurationInput;
}

export const FAULT_KINDS = ['node-crash', 'node-disconnect', 'node-drain'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Scenario {
  readonly name: string;
  readonly cluster: ClusterDefinition;
  /** Image to how its containers behave; images without an entry are good. */
  readonly images: Readonly<Record<string, ImageDefinition>>;
  readonly faults: readonly ScenarioFault[];
  readonly expect: Expectation;
  /** Virtual time after which a rollout that has not ended counts as stuck. Default 1h. */
  readonly patience: DurationInput;
}

export const DEFAULT_CLUSTER: Required<Pick<ClusterDefinition, 'managers' | 'workers'>> = { managers: 1, workers: 3 };
export const DEFAULT_PATIENCE = '1h';
