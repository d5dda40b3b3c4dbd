/**
 * Scheduling without any of the scheduler's shortcuts: for each task everything is counted anew from the plain list of
 * tasks, and all nodes are passed over. It shares the filters, the booking of one task and the comparison of two nodes
 * with the scheduler, but none of its indexes, heaps or order of checks.
 */
import { type Node, type Task, TaskState } from '../../src/api/index.ts';
import { FILTERS, type Surroundings } from '../../src/manager/scheduler/filters/index.ts';
import { bookTask, createNodeInfo, type NodeInfo } from '../../src/manager/scheduler/node-info.ts';
import { compareCandidates, createCandidate, rankingOf } from '../../src/manager/scheduler/ranking.ts';

export interface Cluster {
  readonly nodes: readonly Node[];
  readonly tasks: readonly Task[];
}

/** Where each task goes, or the text under it, for tasks that are placed one by one in this order. */
export function placeOneByOne(
  { nodes, tasks }: Cluster,
  waiting: readonly Task[],
  salt: number,
): readonly (readonly [taskId: string, nodeIdOrText: string])[] {
  const placed = [...tasks];
  return waiting.map((task) => {
    const infos = nodes.map((node) => infoOf(node, placed));
    const refusals = infos.map((info) => refusalOf(task, info));
    const [best] = infos
      .filter((_, index) => refusals[index] === undefined)
      .map((info) => createCandidate(info, rankingOf(task, 0, salt)))
      .sort(compareCandidates);
    if (!best) return [task.id, textOf(refusals)];
    placed.push({ ...task, nodeId: best.info.node.id, status: { ...task.status, state: TaskState.ASSIGNED } });
    return [task.id, best.info.node.id];
  });
}

/** The first filter that refuses the node, by its place in the pipeline. */
export function refusalOf(task: Task, info: NodeInfo): number | undefined {
  const position = FILTERS.findIndex((filter) => {
    const input = filter.inputOf(task, SURROUNDINGS);
    return input !== undefined && !filter.check(input, SURROUNDINGS)(info);
  });
  return position < 0 ? undefined : position;
}

/** A node with the tasks that occupy it, counted from the list. */
export function infoOf(node: Node, tasks: readonly Task[]): NodeInfo {
  const info = createNodeInfo(node, 0, {});
  for (const task of tasks) {
    const { state } = task.status;
    if (task.nodeId === node.id && state >= TaskState.ASSIGNED && state <= TaskState.RUNNING) bookTask(info, task);
  }
  return info;
}

const SURROUNDINGS: Surroundings = { volumes: new Map(), networkDriver: () => '' };

function textOf(refusals: readonly (number | undefined)[]): string {
  const counts = FILTERS.map((filter, position) => {
    return { filter, count: refusals.filter((refusal) => refusal === position).length };
  });
  const texts = counts
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ filter, count }) => filter.explain(count));
  return texts.length === 0 ? 'no suitable node' : `no suitable node (${texts.join('; ')})`;
}
