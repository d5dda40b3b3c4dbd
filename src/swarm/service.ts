/** A service of a swarm, as a user holds it. */
import { Immer } from 'immer';
import { type Service, type ServiceSpec, type Task, TaskState, type UpdateStatus } from '../api/index.ts';
import { ApiError } from '../base/index.ts';
import type { ApiRequest } from '../manager/index.ts';
import { byServiceId } from '../store/index.ts';
import { definitionOf, type ServiceDefinition } from './definition.ts';
import { frozen } from './frozen.ts';
import type { ObservedSwarm } from './observed.ts';
import { respecified } from './respecified.ts';

/** A definition that a recipe may write to. */
export type EditableDefinition = {
  -readonly [K in keyof ServiceDefinition]: ServiceDefinition[K] extends object | undefined
    ? Editable<ServiceDefinition[K]>
    : ServiceDefinition[K];
};
type Editable<T> = T extends readonly (infer I)[]
  ? Editable<I>[]
  : T extends object
    ? { -readonly [K in keyof T]: Editable<T[K]> }
    : T;

/** What a handle needs of its swarm. */
export interface ServiceContext {
  readonly swarm: ObservedSwarm;
  request(request: ApiRequest): unknown;
}

const immer = new Immer({ autoFreeze: true });

/**
 * A service by its id. Reading is free and shows the present; every change is one request to the control API, made
 * with the version that is current, and throws its refusal as an `ApiError`.
 */
export class ServiceHandle {
  readonly id: string;
  readonly #context: ServiceContext;

  constructor(id: string, context: ServiceContext) {
    this.id = id;
    this.#context = context;
  }

  /** The swarm that it belongs to, to be looked at. */
  get swarm(): ObservedSwarm {
    return this.#context.swarm;
  }

  /** The stored object. @throws ApiError (NotFound) once the service is removed. */
  get object(): Service {
    const service = this.swarm.view.services.get(this.id);
    if (!service) throw new ApiError('NotFound', `service ${this.id} not found`);
    return frozen(service);
  }

  get exists(): boolean {
    return this.swarm.view.services.get(this.id) !== undefined;
  }

  get name(): string {
    return this.object.spec.name;
  }

  get image(): string {
    return this.object.spec.task.container.image;
  }

  /** The specification as a user writes it. */
  get definition(): ServiceDefinition {
    return frozen(definitionOf(this.object.spec));
  }

  /** Replicas wanted; for a replicated job its completions, and 0 for what runs on every node. */
  get replicas(): number {
    const { mode } = this.object.spec;
    return mode.kind === 'replicated' ? mode.replicas : mode.kind === 'replicated-job' ? mode.totalCompletions : 0;
  }

  get updateStatus(): UpdateStatus | undefined {
    return this.object.updateStatus;
  }

  /** Its stored tasks, history included, in the order in which they were created. */
  tasks(): readonly Task[] {
    return frozen(this.swarm.view.tasks.find(byServiceId(this.id)));
  }

  /** How many tasks are observed RUNNING, whatever is wanted of them: what `docker service ls` counts. */
  get running(): number {
    return this.tasks().filter((task) => task.status.state === TaskState.RUNNING).length;
  }

  /**
   * Changes the specification by a recipe over its definition, or replaces what Swarm stores with a specification.
   *
   * @example
   * api.update((spec) => { spec.image = 'numbers-api:v5'; });
   */
  update(change: ((definition: EditableDefinition) => void) | ServiceSpec): void {
    const { spec, version } = this.object;
    const wanted =
      typeof change === 'function'
        ? respecified(
            spec,
            immer.produce(definitionOf(spec), (draft) => change(draft as EditableDefinition)),
          )
        : change;
    this.#context.request({ op: 'updateService', id: this.id, version, spec: wanted });
  }

  scale(replicas: number): void {
    this.update((definition) => {
      definition.replicas = replicas;
    });
  }

  /** Replaces every task although nothing has changed: `docker service update --force`. */
  forceUpdate(): void {
    this.update((definition) => {
      definition.forceUpdate = (definition.forceUpdate ?? 0) + 1;
    });
  }

  /** Back to the previous specification: `docker service rollback`. */
  rollback(): void {
    const { spec, version } = this.object;
    this.#context.request({ op: 'updateService', id: this.id, version, spec, rollback: 'previous' });
  }

  remove(): void {
    this.#context.request({ op: 'removeService', id: this.id });
  }
}
