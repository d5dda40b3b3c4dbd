/** How a task's container behaves, by the vector's images and the task's place in history. */
import type { Task } from '../../../src/api/index.ts';
import type { ImageBehaviour, RuleCondition } from './input.ts';
import { labelOf } from './specs.ts';

interface Birth {
  readonly label: string;
  readonly ordinal: number;
  readonly attempt: number;
  readonly createdMs: number;
}

/** Counts tasks as they are created, and knows how each one's container is to behave. */
export class Behaviours {
  readonly #images: Readonly<Record<string, ImageBehaviour>>;
  readonly #births = new Map<string, Birth>();
  readonly #ordinals = new Map<string, number>();
  readonly #attempts = new Map<string, number>();

  constructor(images: Readonly<Record<string, ImageBehaviour>>) {
    this.#images = images;
  }

  noteCreated(task: Task, createdMs: number): void {
    const label = labelOf(task.spec);
    const ordinal = count(this.#ordinals, `${task.serviceId}|${label}`);
    const place = task.slot === 0 && task.nodeId !== '' ? task.nodeId : String(task.slot);
    const attempt = count(this.#attempts, `${task.serviceId}|${label}|${place}|${task.jobIteration ?? ''}`);
    this.#births.set(task.id, { label, ordinal, attempt, createdMs });
  }

  of(task: Task): ImageBehaviour {
    const base = this.#images[task.spec.container.image];
    const birth = this.#births.get(task.id);
    if (!base || !birth) throw new Error(`no behaviour for task ${task.id} of image ${task.spec.container.image}`);
    const rule = base.rules?.find(({ when }) => matches(when, birth, task.nodeId));
    const behaviour = { ...base, ...rule?.set };
    return {
      ...behaviour,
      pullMs: behaviour.pullMs + (birth.ordinal - 1) * (behaviour.pullStepMs ?? 0),
      startMs: behaviour.startMs + (birth.ordinal - 1) * (behaviour.startStepMs ?? 0),
    };
  }
}

function count(counters: Map<string, number>, key: string): number {
  const next = (counters.get(key) ?? 0) + 1;
  counters.set(key, next);
  return next;
}

function matches(when: RuleCondition, birth: Birth, nodeId: string): boolean {
  const { ordinal, attempt, createdMs } = birth;
  return (
    (when.nth === undefined || when.nth.includes(ordinal)) &&
    ordinal >= (when.nthFrom ?? 1) &&
    ordinal <= (when.nthTo ?? Number.POSITIVE_INFINITY) &&
    (when.every === undefined || ordinal % when.every === 0) &&
    attempt >= (when.attemptFrom ?? 1) &&
    attempt <= (when.attemptTo ?? Number.POSITIVE_INFINITY) &&
    createdMs >= (when.createdFromMs ?? Number.NEGATIVE_INFINITY) &&
    createdMs <= (when.createdToMs ?? Number.POSITIVE_INFINITY) &&
    (when.nodes === undefined || when.nodes.includes(nodeId))
  );
}
