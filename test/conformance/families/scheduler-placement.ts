/** The scheduler alone: where tasks go, and what waiting ones are told. */
import { type Service, type Task, TaskState } from '../../../src/api/index.ts';
import type { NewEntity, Transaction } from '../../../src/store/index.ts';
import {
  compareWithExpectation,
  type Expectation,
  isPlaced,
  isStopping,
  isWaiting,
} from '../../support/scheduler-expectation.ts';
import {
  type NodeDescription,
  networksFrom,
  nodeFrom,
  type ServiceDescription,
  serviceFrom,
  taskFrom,
} from '../../support/scheduler-objects.ts';
import { vectorsOf } from '../../support/scheduler-vectors.ts';
import { SchedulerWorld } from '../../support/scheduler-world.ts';
import { type Family, failed, passed, type Verdict } from '../family.ts';

type Step = { readonly expect?: Expectation } & (
  | WritingStep
  | ReportingStep
  | { readonly op: 'wait'; readonly ms: number }
  | { readonly op: 'newScheduler' }
);

type WritingStep =
  | { readonly op: 'schedule' | 'cancelPending'; readonly service: string; readonly count: number }
  | { readonly op: 'preassign'; readonly service: string; readonly nodes: readonly string[] }
  | { readonly op: 'node' | 'addNode'; readonly set: NodeDescription }
  | { readonly op: 'removeNode'; readonly node: string }
  | { readonly op: 'respec'; readonly spec: ServiceDescription };

interface ReportingStep {
  readonly op: 'fail' | 'reject' | 'complete' | 'stop' | 'stopping' | 'stopped';
  readonly service: string;
  readonly node: string;
  readonly count: number;
  readonly everyMs?: number;
}

interface PlacementVector {
  readonly id: string;
  readonly nodes?: readonly NodeDescription[] | null;
  readonly services: readonly ServiceDescription[];
  readonly existing?:
    | null
    | readonly {
        readonly service: string;
        readonly node: string;
        readonly count: number;
        readonly state?: string;
        readonly desired?: string;
      }[];
  readonly steps: readonly Step[];
}

/** Which tasks a step writes, and what. */
interface Report {
  readonly of: (task: Task) => boolean;
  readonly state?: TaskState;
  readonly desiredState?: TaskState;
}

const REPORTS: Readonly<Record<ReportingStep['op'], Report>> = {
  fail: { of: isPlaced, state: TaskState.FAILED },
  reject: { of: isPlaced, state: TaskState.REJECTED },
  complete: { of: isPlaced, state: TaskState.COMPLETE },
  stop: { of: isPlaced, state: TaskState.SHUTDOWN, desiredState: TaskState.SHUTDOWN },
  stopping: { of: isPlaced, desiredState: TaskState.SHUTDOWN },
  stopped: { of: isStopping, state: TaskState.SHUTDOWN },
};

const SETTLE_MS = 1000;

/** Steps that need no orchestrator. The same steps after a `create` are another family. */
const OPS: ReadonlySet<unknown> = new Set<Step['op']>([
  'schedule',
  'cancelPending',
  'preassign',
  'fail',
  'reject',
  'complete',
  'stop',
  'stopping',
  'stopped',
  'wait',
  'node',
  'addNode',
  'removeNode',
  'respec',
  'newScheduler',
]);

export const schedulerPlacement: Family = {
  name: 'scheduler: placement',
  recognises: (content) =>
    vectorsOf(content).every(
      ({ services, steps }) =>
        Array.isArray(services) && Array.isArray(steps) && steps.every((step) => OPS.has(step?.op)),
    ),
  cases: (content) =>
    (vectorsOf(content) as unknown as PlacementVector[]).map((vector) => ({
      id: vector.id,
      run: ({ seed }) => new PlacementRun(vector, seed).verdict(),
    })),
};

class PlacementRun {
  readonly #vector: PlacementVector;
  readonly #world: SchedulerWorld;
  #created = 0;

  constructor(vector: PlacementVector, seed: number) {
    this.#vector = vector;
    this.#world = new SchedulerWorld({ seed });
  }

  verdict(): Verdict {
    this.#setUp();
    for (const [index, step] of this.#vector.steps.entries()) {
      this.#perform(step);
      if (step.op !== 'wait') this.#world.pass(SETTLE_MS);
      const tasks = this.#world.store.tasks.all();
      const difference = step.expect && compareWithExpectation(step.expect, tasks, `steps[${index}].expect`);
      if (difference) return failed({ at: this.#world.now / 1000, ...difference });
    }
    return passed;
  }

  #setUp(): void {
    const { nodes, services, existing } = this.#vector;
    this.#world.write((tx) => {
      for (const node of nodes ?? []) tx.nodes.create(nodeFrom(node));
      for (const service of services) {
        createNetworks(tx, service);
        tx.services.create(serviceFrom(service, 1));
      }
      for (const { service, node, count, state = 'running', desired = 'running' } of existing ?? []) {
        const status = { state: stateFrom(state), message: '', timestamp: 0 };
        this.#create(tx, service, count, { nodeId: node, status, desiredState: stateFrom(desired) });
      }
    });
    this.#world.startScheduler();
  }

  #perform(step: Step): void {
    switch (step.op) {
      case 'wait':
        this.#world.pass(step.ms);
        break;
      case 'newScheduler':
        this.#world.startScheduler();
        break;
      case 'fail':
      case 'reject':
      case 'complete':
      case 'stop':
      case 'stopping':
      case 'stopped':
        this.#report(step, REPORTS[step.op]);
        break;
      default:
        this.#world.write((tx) => this.#write(tx, step));
    }
  }

  #write(tx: Transaction, step: WritingStep): void {
    switch (step.op) {
      case 'schedule':
        this.#create(tx, step.service, step.count, {});
        break;
      case 'preassign':
        for (const nodeId of step.nodes) this.#create(tx, step.service, 1, { nodeId });
        break;
      case 'cancelPending': {
        const waiting = tx.tasks.all().filter((task) => task.serviceId === step.service && isWaiting(task));
        for (const task of waiting.slice(0, step.count)) tx.tasks.delete(task.id);
        break;
      }
      case 'addNode':
        tx.nodes.create(nodeFrom(step.set));
        break;
      case 'node': {
        const { description: _, ...stamps } = tx.nodes.get(step.set.id)!;
        tx.nodes.put({ ...stamps, ...nodeFrom(step.set) });
        break;
      }
      case 'removeNode':
        tx.nodes.delete(step.node);
        break;
      case 'respec': {
        const stored = tx.services.get(step.spec.id)!;
        createNetworks(tx, step.spec);
        tx.services.put({ ...stored, ...serviceFrom(step.spec, (stored.specVersion ?? 0) + 1) });
      }
    }
  }

  #create(tx: Transaction, serviceId: string, count: number, fields: Partial<Task>): void {
    const service: NewEntity<Service> = tx.services.get(serviceId)!;
    for (let index = 0; index < count; index += 1) {
      this.#created += 1;
      tx.tasks.create(taskFrom(service, { id: `task-${this.#created}`, slot: this.#created, ...fields }));
    }
  }

  #report({ service, node, count, everyMs = 0 }: ReportingStep, { of, state, desiredState }: Report): void {
    for (let index = 0; index < count; index += 1) {
      if (index > 0) this.#world.pass(everyMs);
      const { tasks } = this.#world.store;
      const task = tasks.all().find((each) => each.serviceId === service && each.nodeId === node && of(each));
      if (!task) throw new Error(`no task of ${service} on ${node} is left`);
      const status = { ...task.status, state: state ?? task.status.state };
      this.#world.write((tx) => {
        tx.tasks.put({ ...task, status, desiredState: desiredState ?? task.desiredState });
      });
    }
  }
}

function stateFrom(name: string): TaskState {
  return TaskState[name.toUpperCase() as keyof typeof TaskState];
}

function createNetworks(tx: Transaction, service: ServiceDescription): void {
  for (const network of networksFrom(service)) if (!tx.networks.get(network.id)) tx.networks.create(network);
}
