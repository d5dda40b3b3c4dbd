/** What the scheduler's vectors expect of a state: where tasks are, and what those that wait are told. */
import { type Task, TaskState } from '../../src/api/index.ts';
import { type Difference, firstDifference } from '../conformance/family.ts';

type Counts = Readonly<Record<string, number>>;

interface Clause {
  readonly nodes: readonly string[];
  readonly counts?: readonly number[];
  readonly total?: number;
}

type Placement =
  | { readonly level: 'node'; readonly nodes: Counts }
  | { readonly level: 'group' | 'total'; readonly clauses: readonly Clause[] };

/** Everything by service; one that is absent has none. */
export interface Expectation {
  readonly placed?: Readonly<Record<string, Placement>>;
  readonly stopping?: Readonly<Record<string, Placement>>;
  readonly pending?: Readonly<Record<string, Counts>>;
  readonly preassignedPending?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly completed?: Counts;
}

export function compareWithExpectation(
  expect: Expectation,
  tasks: readonly Task[],
  where: string,
): Difference | undefined {
  const pending = tally(tasks.filter(isWaiting), (task) => task.status.err ?? '');
  const preassigned: Record<string, Record<string, string>> = {};
  const completed: Record<string, number> = {};
  for (const { serviceId, nodeId, status } of tasks) {
    if (status.state === TaskState.COMPLETE) completed[serviceId] = (completed[serviceId] ?? 0) + 1;
    if (status.state !== TaskState.PENDING || nodeId === '') continue;
    preassigned[serviceId] = { ...preassigned[serviceId], [nodeId]: status.err ?? '' };
  }
  return (
    comparePlacements(expect.placed, tasks.filter(isPlaced), `${where}.placed`) ??
    comparePlacements(expect.stopping, tasks.filter(isStopping), `${where}.stopping`) ??
    firstDifference(expect.pending ?? {}, pending, `${where}.pending`) ??
    firstDifference(expect.preassignedPending ?? {}, preassigned, `${where}.preassignedPending`) ??
    (expect.completed && firstDifference(expect.completed, completed, `${where}.completed`))
  );
}

export function isWaiting({ status, nodeId }: Task): boolean {
  return status.state === TaskState.PENDING && nodeId === '';
}

/** On a node, and wanted there. */
export function isPlaced(task: Task): boolean {
  return isOnNode(task) && task.desiredState <= TaskState.COMPLETE;
}

/** On a node, no longer wanted, and not known to have stopped. */
export function isStopping(task: Task): boolean {
  return isOnNode(task) && task.desiredState > TaskState.COMPLETE;
}

function isOnNode({ status }: Task): boolean {
  return status.state >= TaskState.ASSIGNED && status.state <= TaskState.RUNNING;
}

function comparePlacements(
  expected: Readonly<Record<string, Placement>> = {},
  tasks: readonly Task[],
  where: string,
): Difference | undefined {
  const counts = tally(tasks, (task) => task.nodeId);
  for (const service of new Set([...Object.keys(expected), ...Object.keys(counts)])) {
    const nodes = counts[service] ?? {};
    const placement = expected[service] ?? { level: 'node', nodes: {} };
    const [wanted, got] =
      placement.level === 'node' ? [placement.nodes, nodes] : [placement.clauses, clausesOf(placement.clauses, nodes)];
    const difference = firstDifference(wanted, got, `${where}.${service}`);
    if (difference) return { ...difference, got: { at: difference.got, nodes } };
  }
  return undefined;
}

/** The counts read as the clauses do; a node that is in no clause has a clause of its own. */
function clausesOf(clauses: readonly Clause[], counts: Counts): readonly Clause[] {
  const named = new Set(clauses.flatMap(({ nodes }) => nodes));
  const strangers = Object.keys(counts).filter((node) => !named.has(node));
  return [
    ...clauses.map(({ nodes, total }) => {
      const found = nodes.map((node) => counts[node] ?? 0).sort((a, b) => b - a);
      return total === undefined
        ? { nodes, counts: found }
        : { nodes, total: found.reduce((sum, each) => sum + each, 0) };
    }),
    ...strangers.map((node) => ({ nodes: [node], counts: [counts[node]!] })),
  ];
}

/** Number of tasks by service and key. */
function tally(tasks: readonly Task[], keyOf: (task: Task) => string): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const task of tasks) {
    counts[task.serviceId] ??= {};
    const ofService = counts[task.serviceId]!;
    ofService[keyOf(task)] = (ofService[keyOf(task)] ?? 0) + 1;
  }
  return counts;
}
