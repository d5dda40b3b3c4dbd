import { type Node, type Task, TaskState } from '../../../api/index.ts';
import { deepEqual } from '../../../base/index.ts';
import { byNodeId, type ReadView } from '../../../store/index.ts';
import { assignmentsIn, type Commit, type Law, nameOf } from './law.ts';

/**
 * Reservations never exceed capacity. Counted from the store, without the scheduler's accounts and filters. A node that
 * shrinks under its tasks is left to the enforcer; no task that reserves more than what is left comes to it.
 */
export const assignmentsFit: Law = {
  sentence: 'resources and host ports are held from assignment until the observed state passes RUNNING',
  watch() {
    const offers = new Offers();
    return {
      committed(commit) {
        offers.note(commit);
        const assigned = assignmentsIn(commit);
        // One after the other: those that the same commit assigns later are not there yet.
        return assigned.flatMap((task, index) => {
          const later = new Set(assigned.slice(index + 1).map(({ id }) => id));
          return breaches(commit.view, task, later, offers);
        });
      },
    };
  },
};

/** What nodes have offered: one may shrink between a decision and its commit (scheduler.go, applySchedulingDecisions). */
class Offers {
  readonly #past = new Map<string, { readonly untilMs: number; readonly offer: Reservation }[]>();

  note({ atMs, changes }: Commit): void {
    for (const change of changes) {
      if (change.table !== 'nodes' || change.kind !== 'update') continue;
      const { id, before, after } = change;
      if (deepEqual(offeredBy(before), offeredBy(after))) continue;
      this.#past.set(id, [...(this.#past.get(id) ?? []), { untilMs: atMs, offer: offeredBy(before) }]);
    }
  }

  /** Now and at any time since then. */
  since(node: Node, atMs: number): readonly Reservation[] {
    const past = (this.#past.get(node.id) ?? []).filter(({ untilMs }) => untilMs >= atMs);
    return [offeredBy(node), ...past.map(({ offer }) => offer)];
  }
}

function offeredBy({ description }: Node): Reservation {
  const { nanoCpus = 0, memoryBytes = 0 } = description?.resources ?? {};
  return { nanoCpus, memoryBytes };
}

function breaches(view: ReadView, task: Task, later: ReadonlySet<string>, offers: Offers): string[] {
  const node = view.nodes.get(task.nodeId);
  if (!node) return [];
  const others = view.tasks
    .find(byNodeId(node.id))
    .filter((other) => isOnNode(other) && other.id !== task.id && !later.has(other.id));
  const problems: string[] = [];
  // The time of the decision is on the task.
  const offered = offers.since(node, task.status.timestamp / 1000);
  if (offered.every((offer) => isOverbooked(offer, [...others, task], reserved(task))))
    problems.push('has not enough resources');
  if (hostPorts(task).some((port) => others.some((other) => hostPorts(other).includes(port))))
    problems.push('has a port in use');
  const limit = task.spec.placement?.maxReplicas ?? 0;
  const active = others.filter(
    ({ serviceId, desiredState }) => serviceId === task.serviceId && desiredState <= TaskState.COMPLETE,
  );
  if (limit > 0 && active.length >= limit) problems.push(`has ${active.length} replicas already`);
  return problems.map((problem) => `${nameOf(task)} was put on ${node.id}, which ${problem}`);
}

function isOnNode({ status }: Task): boolean {
  return status.state >= TaskState.ASSIGNED && status.state <= TaskState.RUNNING;
}

interface Reservation {
  readonly nanoCpus: number;
  readonly memoryBytes: number;
}

function reserved({ spec }: Task): Reservation {
  const { nanoCpus = 0, memoryBytes = 0 } = spec.resources?.reservations ?? {};
  return { nanoCpus, memoryBytes };
}

/** A node that has shrunk takes tasks that reserve nothing, and those that reserve what it has left. */
function isOverbooked(offered: Reservation, tasks: readonly Task[], asked: Reservation): boolean {
  const booked = tasks.map(reserved);
  return (['nanoCpus', 'memoryBytes'] as const).some(
    (kind) => asked[kind] > 0 && booked.reduce((sum, one) => sum + one[kind], 0) > offered[kind],
  );
}

/** Those of its service: of a service that is removed before its ports were allocated, tasks hold none. */
function hostPorts({ endpoint }: Task): readonly string[] {
  return (endpoint?.ports ?? [])
    .filter(({ publishMode, publishedPort }) => publishMode === 'host' && publishedPort > 0)
    .map(({ protocol, publishedPort }) => `${protocol}/${publishedPort}`);
}
