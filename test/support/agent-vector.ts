/** The agent vectors, and their tasks in the words of a workload. */
import type { Workload } from '../../src/agent/engine/workload.ts';
import { imageReference } from '../../src/agent/image-reference.ts';
import type { Mount, Task, TaskStateName } from '../../src/api/index.ts';
import { millis } from '../../src/base/index.ts';
import type { LoggedCall } from './agent-call-log.ts';
import type { Script } from './agent-scripted-executor.ts';
import { agentTask } from './agent-task.ts';
import { healthConfigOf, probeOf, runOf, type VectorHealth, type VectorRun } from './agent-vector-run.ts';

export interface AgentVector {
  readonly id: string;
  readonly kind: 'controller' | 'container';
  readonly tasks: Readonly<Record<string, Script & ContainerScript>>;
  readonly sendMs?: number;
  readonly sendFails?: number;
  readonly ops: readonly Op[];
  readonly endMs: number;
  readonly expect: {
    readonly reports: readonly Report[];
    readonly calls: readonly LoggedCall[];
    readonly engine?: readonly EngineEntry[];
    readonly sent?: readonly Report[];
  };
}

export interface Op {
  readonly at: number;
  readonly op: 'assign' | 'touch' | 'same' | 'remove' | 'full' | 'agentRestart' | 'kill' | 'offline' | 'online';
  readonly task?: string;
  readonly desired?: TaskStateName;
  readonly code?: number;
  readonly tasks?: Readonly<Record<string, TaskStateName>>;
}

export interface ContainerScript {
  readonly image?: string;
  readonly pullMs?: number;
  readonly pullError?: string;
  readonly imageMissing?: boolean;
  readonly createMs?: number;
  readonly createError?: string;
  readonly network?: string;
  readonly attachAtMs?: number;
  readonly graceMs?: number;
  readonly stopSignal?: string;
  readonly rmMs?: number;
  readonly mounts?: readonly Mount[];
  readonly health?: VectorHealth;
  readonly run?: VectorRun;
}

export interface Report {
  readonly t: number;
  readonly task: string;
  readonly state: string;
  readonly message: string;
  readonly err?: string;
  readonly exit?: number;
}

export type EngineEntry = readonly [t: number, task: string, what: string];

export function taskOf(id: string, script: ContainerScript, kind: AgentVector['kind']): Task {
  const { image = kind === 'container' ? '' : 'image', graceMs, stopSignal, mounts, health, network } = script;
  return agentTask(
    id,
    {
      image,
      ...(graceMs !== undefined && { stopGracePeriod: graceMs * 1e6 }),
      ...(stopSignal !== undefined && { stopSignal }),
      ...(mounts !== undefined && { mounts }),
      ...(health !== undefined && { healthcheck: healthConfigOf(health) }),
    },
    network === undefined ? {} : { networks: [{ networkId: id, addresses: [] }] },
  );
}

export function workloadOf({ tasks }: AgentVector): Workload {
  const script = (id: string): ContainerScript => tasks[id] ?? {};
  const missing = Object.values(tasks).filter((task) => task.imageMissing);
  return {
    isPresent: (image) => !missing.some((task) => imageReference(task.image ?? '').text === image),
    imageConfig: () => ({}),
    pull: ({ task }) => {
      const { pullMs = 0, pullError } = script(task.id);
      return { duration: millis(pullMs), ...(pullError !== undefined && { error: pullError }) };
    },
    create: ({ task }) => {
      const { createMs = 0, createError } = script(task.id);
      return { duration: millis(createMs), ...(createError !== undefined && { error: createError }) };
    },
    run: ({ task }) => runOf(script(task.id).run ?? {}),
    probe: ({ task }, { probe }) => probeOf(script(task.id).run ?? {}, probe),
    remove: ({ task }) => millis(script(task.id).rmMs ?? 0),
  };
}
