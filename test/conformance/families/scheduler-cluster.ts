/** The scheduler among the other components: what moves when nodes or services change, and what does not. */
import type { RestartCondition, Service, ServiceMode, TaskSpec } from '../../../src/api/index.ts';
import { TaskState } from '../../../src/api/index.ts';
import { millis } from '../../../src/base/index.ts';
import type { NewEntity, Transaction } from '../../../src/store/index.ts';
import { ClusterWorld } from '../../support/cluster-world.ts';
import { compareWithExpectation, type Expectation, isPlaced } from '../../support/scheduler-expectation.ts';
import {
  type NodeDescription,
  networksFrom,
  nodeFrom,
  type ServiceDescription,
  serviceFrom,
} from '../../support/scheduler-objects.ts';
import { vectorsOf } from '../../support/scheduler-vectors.ts';
import { type Family, failed, passed, type Verdict } from '../family.ts';

interface ClusterService extends ServiceDescription {
  /** For a replicated job: how many tasks are to complete. */
  readonly replicas?: number;
  readonly maxConcurrent?: number;
  readonly restartCondition?: RestartCondition;
  /** How long the tasks of a job run. */
  readonly runMs?: number;
}

interface ClusterVector {
  readonly id: string;
  readonly nodes?: readonly NodeDescription[] | null;
  readonly services: readonly ClusterService[];
  readonly steps: readonly Step[];
}

type Step = { readonly expect?: Expectation } & (
  | { readonly op: 'create'; readonly service: string }
  | { readonly op: 'scale'; readonly service: string; readonly count: number }
  | { readonly op: 'respec'; readonly spec: ClusterService }
  | { readonly op: 'node' | 'addNode'; readonly set: NodeDescription }
  | { readonly op: 'removeNode'; readonly node: string }
  | ReportingStep
  | { readonly op: 'wait'; readonly ms: number }
  | { readonly op: 'check' }
);

interface ReportingStep {
  readonly op: 'fail' | 'reject';
  readonly service: string;
  readonly node: string;
  readonly count: number;
  readonly everyMs?: number;
}

const SETTLE_MS = 120_000;

export const schedulerCluster: Family = {
  name: 'scheduler: cluster',
  recognises: (content) =>
    vectorsOf(content).every(
      ({ services, steps }) =>
        Array.isArray(services) && Array.isArray(steps) && steps.some((step) => step?.op === 'create'),
    ),
  cases: (content) =>
    (vectorsOf(content) as unknown as ClusterVector[]).map((vector) => ({
      id: vector.id,
      run: ({ seed }) => new ClusterRun(vector, seed).verdict(),
    })),
};

class ClusterRun {
  readonly #steps: readonly Step[];
  readonly #world: ClusterWorld;
  /** Services as the vector describes them, with what its steps have changed. */
  readonly #services: Map<string, ClusterService>;

  constructor({ nodes, services, steps }: ClusterVector, seed: number) {
    this.#steps = steps;
    this.#services = new Map(services.map((service) => [service.id, service]));
    this.#world = new ClusterWorld({ seed, nodes: (nodes ?? []).map(nodeFrom) });
  }

  verdict(): Verdict {
    for (const [index, step] of this.#steps.entries()) {
      this.#perform(step);
      if (step.op !== 'wait') this.#world.pass(SETTLE_MS);
      if (!step.expect) continue;
      const tasks = this.#world.store.tasks.all();
      const difference = compareWithExpectation({ completed: {}, ...step.expect }, tasks, `steps[${index}].expect`);
      if (difference) return failed({ at: this.#world.now / 1000, ...difference });
    }
    return passed;
  }

  #perform(step: Step): void {
    switch (step.op) {
      case 'wait':
        return this.#world.pass(step.ms);
      case 'check':
        return;
      case 'create':
        return this.#create(this.#services.get(step.service)!);
      case 'scale':
        return this.#update({ ...this.#services.get(step.service)!, replicas: step.count });
      case 'respec':
        return this.#update(step.spec);
      case 'addNode':
        return this.#world.write((tx) => void tx.nodes.create(nodeFrom(step.set)));
      case 'node':
        return this.#world.write((tx) => replaceNode(tx, step.set));
      case 'removeNode':
        return this.#world.removeNode(step.node);
      case 'fail':
        return this.#report(step, TaskState.FAILED);
      case 'reject':
        return this.#report(step, TaskState.REJECTED);
      default:
        throw new Error(`unknown step ${JSON.stringify(step)}`);
    }
  }

  #create(description: ClusterService): void {
    this.#remember(description);
    this.#world.write((tx) => {
      createNetworks(tx, description);
      const service = clusterServiceFrom(description, 1);
      tx.services.create({ ...service, ...(isJob(service) && { jobStatus: { jobIteration: 0 } }) });
    });
  }

  #update(description: ClusterService): void {
    this.#remember(description);
    this.#world.write((tx) => {
      const stored = tx.services.get(description.id)!;
      createNetworks(tx, description);
      tx.services.put({
        ...stored,
        ...clusterServiceFrom(description, (stored.specVersion ?? 0) + 1),
        ...(stored.jobStatus && { jobStatus: { jobIteration: stored.jobStatus.jobIteration + 1 } }),
      });
    });
  }

  #remember(description: ClusterService): void {
    const { id, runMs } = description;
    this.#services.set(id, description);
    if (runMs === undefined) this.#world.runTimes.delete(id);
    else this.#world.runTimes.set(id, millis(runMs));
  }

  #report({ service, node, count, everyMs = 0 }: ReportingStep, state: TaskState): void {
    for (let index = 0; index < count; index += 1) {
      if (index > 0) this.#world.pass(everyMs);
      this.#world.write((tx) => {
        const task = tx.tasks
          .all()
          .find((each) => each.serviceId === service && each.nodeId === node && isPlaced(each));
        if (!task) throw new Error(`no task of ${service} on ${node} is left`);
        tx.tasks.put({ ...task, status: { ...task.status, state, timestamp: tx.at, appliedAt: tx.at } });
      });
    }
  }
}

function clusterServiceFrom(description: ClusterService, specVersion: number): NewEntity<Service> {
  const service = serviceFrom(description, specVersion);
  const { restartCondition: condition } = description;
  const task: TaskSpec = { ...service.spec.task, ...(condition && { restart: { condition, maxAttempts: 0 } }) };
  return { ...service, spec: { ...service.spec, mode: modeOf(description), task } };
}

function modeOf({ mode: kind = 'replicated', replicas = 0, maxConcurrent = 0 }: ClusterService): ServiceMode {
  switch (kind) {
    case 'replicated':
      return { kind, replicas };
    case 'replicated-job':
      return { kind, totalCompletions: replicas, maxConcurrent: maxConcurrent === 0 ? replicas : maxConcurrent };
    default:
      return { kind };
  }
}

function isJob({ spec }: NewEntity<Service>): boolean {
  return spec.mode.kind === 'replicated-job' || spec.mode.kind === 'global-job';
}

function replaceNode(tx: Transaction, set: NodeDescription): void {
  const { description: _, ...stamps } = tx.nodes.get(set.id)!;
  tx.nodes.put({ ...stamps, ...nodeFrom(set) });
}

function createNetworks(tx: Transaction, service: ServiceDescription): void {
  for (const network of networksFrom(service)) if (!tx.networks.get(network.id)) tx.networks.create(network);
}
