/** How far a rollout has come, told from what the managers have stored: faults may wait for it. */
import { type Service, type Task, TaskState, type UpdateState } from '../api/index.ts';

/** The stored objects as far as phases look at them. */
export interface RolloutView {
  readonly services: readonly Service[];
  tasksOf(serviceId: string): readonly Task[];
  /** The version of a service's specification before the deployment; undefined for one that is new with it. */
  versionBefore(serviceId: string): number | undefined;
}

interface Phase {
  /** For the documentation. */
  readonly says: string;
  holds(rollout: Rollout): boolean;
}

/** One service in the middle of its rollout. */
interface Rollout {
  readonly status: UpdateState | undefined;
  /** Slots (nodes, of a global service) that the swarm means to fill. */
  readonly slots: number;
  /** Those in which a task of the new specification runs. */
  readonly updated: number;
  /** Those in which a task of the old one runs. */
  readonly outdated: number;
  readonly hasFailed: boolean;
}

export const PHASES = {
  updating: { says: 'the update has begun', holds: ({ status }) => status === 'updating' },
  'first new task running': { says: 'a task of the new version runs', holds: ({ updated }) => updated > 0 },
  'first new task failed': { says: 'a task of the new version has failed', holds: ({ hasFailed }) => hasFailed },
  'half updated': {
    says: 'the new version runs in half of the slots',
    holds: ({ slots, updated }) => slots > 0 && updated * 2 >= slots,
  },
  monitoring: {
    says: 'the new version runs in all slots, and the update has not ended: Swarm still watches',
    holds: ({ status, slots, updated }) => status === 'updating' && slots > 0 && updated === slots,
  },
  completed: { says: 'the update is complete', holds: ({ status }) => status === 'completed' },
  paused: { says: 'the update is paused', holds: ({ status }) => status === 'paused' },
  'rollback started': {
    says: 'the rollback has begun',
    holds: ({ status }) => status === 'rollback_started',
  },
  'half rolled back': {
    says: 'the rollback has begun, and the old version runs in half of the slots',
    holds: ({ status, slots, outdated }) => status === 'rollback_started' && slots > 0 && outdated * 2 >= slots,
  },
  'rolled back': { says: 'the rollback is complete', holds: ({ status }) => status === 'rollback_completed' },
} satisfies Readonly<Record<string, Phase>>;

export type PhaseName = keyof typeof PHASES;

/** Whether a service of the deployment (only `of`, if given) has reached a phase. */
export function hasReached(phase: PhaseName, view: RolloutView, of?: string): boolean {
  return view.services
    .filter((service) => of === undefined || isNamed(service.spec.name, of))
    .some((service) => PHASES[phase].holds(rolloutOf(service, view)));
}

/** A service by its whole name, or by that which its Compose file gives it: `api` for `shop_api`. */
export function isNamed(name: string, wanted: string): boolean {
  return name === wanted || name.endsWith(`_${wanted}`);
}

function rolloutOf(service: Service, view: RolloutView): Rollout {
  const before = view.versionBefore(service.id) ?? Number.NEGATIVE_INFINITY;
  const isNew = ({ specVersion = -1 }: Task) => specVersion > before;
  const tasks = view.tasksOf(service.id);
  const running = tasks.filter(({ status }) => status.state === TaskState.RUNNING);
  return {
    status: service.updateStatus?.state,
    slots: slotsOf(tasks.filter(({ desiredState }) => desiredState <= TaskState.RUNNING)),
    updated: slotsOf(running.filter(isNew)),
    outdated: slotsOf(running.filter((task) => !isNew(task))),
    hasFailed: tasks.some(
      (task) => isNew(task) && (task.status.state === TaskState.FAILED || task.status.state === TaskState.REJECTED),
    ),
  };
}

function slotsOf(tasks: readonly Task[]): number {
  return new Set(tasks.map(({ slot, nodeId }) => (slot === 0 ? nodeId : slot))).size;
}
