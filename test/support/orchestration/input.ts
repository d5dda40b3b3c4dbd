/** The `input` of an orchestration vector, as its format describes it. All times and durations are milliseconds. */

export interface VectorInput {
  readonly retentionLimit: number;
  readonly untilMs: number;
  readonly measureFromMs: number;
  readonly nodes: readonly VectorNode[];
  readonly images: Readonly<Record<string, ImageBehaviour>>;
  readonly steps: readonly VectorStep[];
  /** What a proposal takes: absent for none, a list is used in turn. */
  readonly commitMs?: number | readonly number[];
}

export interface VectorNode {
  readonly name: string;
  readonly role?: 'worker' | 'manager';
  readonly availability?: 'active' | 'pause' | 'drain';
  readonly labels?: Readonly<Record<string, string>>;
  readonly cpus: number;
  readonly memoryMb: number;
}

export interface VectorService {
  readonly name: string;
  readonly mode?: 'replicated' | 'global' | 'replicated-job' | 'global-job';
  readonly image: string;
  readonly replicas?: number;
  readonly maxConcurrent?: number;
  readonly totalCompletions?: number;
  readonly force?: number;
  readonly env?: readonly string[];
  readonly restart?: {
    readonly condition: 'any' | 'on-failure' | 'none';
    readonly delayMs?: number | null;
    readonly maxAttempts?: number | null;
    readonly windowMs?: number | null;
  } | null;
  readonly update?: VectorUpdateConfig | null;
  readonly rollback?: VectorUpdateConfig | null;
  readonly reserve?: { readonly cpus?: number; readonly memoryMb?: number } | null;
  readonly placement?: {
    readonly constraints?: readonly string[];
    readonly spread?: readonly string[];
    readonly maxReplicasPerNode?: number;
  } | null;
  readonly hostPorts?: readonly number[] | null;
}

export interface VectorUpdateConfig {
  readonly parallelism?: number | null;
  readonly delayMs?: number | null;
  readonly monitorMs?: number | null;
  readonly failureAction?: 'pause' | 'continue' | 'rollback';
  readonly maxFailureRatio?: number | null;
  readonly order?: 'stop-first' | 'start-first';
}

export interface ImageBehaviour {
  readonly pullMs: number;
  readonly startMs: number;
  readonly stopMs: number;
  readonly pullStepMs?: number;
  readonly startStepMs?: number;
  readonly rejectPrepare?: boolean;
  readonly failStart?: boolean;
  readonly failAfterMs?: number;
  readonly unhealthyAfterMs?: number;
  readonly completeAfterMs?: number;
  readonly rules?: readonly { readonly when: RuleCondition; readonly set: Partial<ImageBehaviour> }[];
}

export interface RuleCondition {
  readonly nth?: readonly number[];
  readonly nthFrom?: number;
  readonly nthTo?: number;
  readonly every?: number;
  readonly attemptFrom?: number;
  readonly attemptTo?: number;
  readonly createdFromMs?: number;
  readonly createdToMs?: number;
  readonly nodes?: readonly string[];
}

export type VectorStep = { readonly at: number } & (
  | { readonly op: 'createService'; readonly service: VectorService }
  | { readonly op: 'update'; readonly service: string; readonly set: Readonly<Record<string, unknown>> }
  | { readonly op: 'rollback' | 'removeService'; readonly service: string }
  | { readonly op: 'nodeAvailability'; readonly node: string; readonly availability: 'active' | 'pause' | 'drain' }
  | { readonly op: 'nodeLabels'; readonly node: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly op: 'nodeResources'; readonly node: string; readonly cpus: number; readonly memoryMb: number }
  | { readonly op: 'nodeDown'; readonly node: string; readonly detectMs?: number; readonly crash?: boolean }
  | { readonly op: 'nodeUp'; readonly node: string }
  | { readonly op: 'nodeJoin'; readonly node: VectorNode }
  | { readonly op: 'nodeRemove'; readonly node: string; readonly force?: boolean }
  | { readonly op: 'setRetention'; readonly limit: number }
  | { readonly op: 'leaderLost' }
  | { readonly op: 'leaderElected'; readonly reconnectMs?: number }
);
