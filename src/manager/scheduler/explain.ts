/** Why a task is where it is, or why it waits: the scheduler's own checks and counts, node by node. */
import type { Task } from '../../api/index.ts';
import { compareText, type Instant } from '../../base/index.ts';
import type { ReadView } from '../../store/index.ts';
import { labelOf } from '../constraint/index.ts';
import { FILTERS, type Filter } from './filters/index.ts';
import { activeOfService, copyNodeInfo, type NodeInfo, unbookTask } from './node-info.ts';
import { surroundingsOf } from './pass.ts';
import { checksOf, firstRefusal } from './pipeline.ts';
import { compareCandidates, compareRanks, createCandidate, type Rank, rankingOf } from './ranking.ts';
import type { SchedulerState } from './state.ts';

/** What the scheduler would say of one node for the task. */
export type NodeVerdict =
  | {
      readonly kind: 'refused';
      readonly nodeId: string;
      /** The first filter that refuses it. */
      readonly filter: string;
      /** In a user's words, such as `its availability is drain`. */
      readonly reason: string;
    }
  | {
      readonly kind: 'fits';
      readonly nodeId: string;
      readonly rank: Rank;
      /** For each placement preference the node's label value, and the tasks of the service on all nodes that share it. */
      readonly branch: readonly { readonly spread: string; readonly value: string; readonly tasks: number }[];
      /** How the node stands to the best one: `equal` is settled by chance. */
      readonly standing: 'best' | 'equal' | { readonly worseBy: keyof Rank; readonly count: number };
    };

export interface PlacementExplanation {
  readonly taskId: string;
  /** Where the task is; undefined while it waits. */
  readonly nodeId: string | undefined;
  /**
   * The nodes that fit, best rank first, then those that do not, by id. Where there are placement preferences, the
   * tasks are split over their branches before ranks are compared.
   */
  readonly verdicts: readonly NodeVerdict[];
}

/**
 * Judges every node for the task as of now, leaving the task itself out of the counts. To learn why a placed task was
 * placed so, ask with the state of that moment.
 */
export function explainPlacement(
  state: SchedulerState,
  task: Task,
  view: ReadView,
  at: Instant,
  filters: readonly Filter[] = FILTERS,
): PlacementExplanation {
  const infos = [...state.nodes.values()].map((info) => withoutTask(info, task));
  const surroundings = surroundingsOf(view, state.volumes);
  const checks = checksOf(task, filters, surroundings);
  const ranking = rankingOf(task, at);
  const refused: Extract<NodeVerdict, { kind: 'refused' }>[] = [];
  const fitting = infos
    .filter((info) => {
      const refusal = firstRefusal(checks, info);
      if (!refusal) return true;
      const { filter, input } = refusal;
      const reason = filter.refusal(input, info, surroundings);
      refused.push({ kind: 'refused', nodeId: info.node.id, filter: filter.name, reason });
      return false;
    })
    .map((info) => createCandidate(info, ranking))
    .sort(compareCandidates);
  const best = fitting[0];
  const fits = fitting.map((candidate): NodeVerdict => {
    const { info, failures, ofService, total } = candidate;
    const rank = { failures, ofService, total };
    const branch = branchOf(info, task, infos);
    return { kind: 'fits', nodeId: info.node.id, rank, branch, standing: standing(rank, candidate === best, best!) };
  });
  refused.sort((a, b) => compareText(a.nodeId, b.nodeId));
  return { taskId: task.id, nodeId: task.nodeId || undefined, verdicts: [...fits, ...refused] };
}

function withoutTask(info: NodeInfo, task: Task): NodeInfo {
  if (!info.tasks.has(task.id)) return info;
  const copy = copyNodeInfo(info, {});
  unbookTask(copy, task);
  return copy;
}

function standing(rank: Rank, isBest: boolean, best: Rank): Extract<NodeVerdict, { kind: 'fits' }>['standing'] {
  if (isBest) return 'best';
  if (compareRanks(rank, best) === 0) return 'equal';
  const worseBy = (['failures', 'ofService', 'total'] as const).find((key) => rank[key] !== best[key])!;
  return { worseBy, count: rank[worseBy] - best[worseBy] };
}

/** Counts all nodes of a branch, eligible or not, as the decision tree does. */
function branchOf(
  { node }: NodeInfo,
  task: Task,
  infos: readonly NodeInfo[],
): { readonly spread: string; readonly value: string; readonly tasks: number }[] {
  let members = infos;
  return (task.spec.placement?.preferences ?? []).flatMap(({ spread }) => {
    const value = labelOf(node, spread);
    if (value === undefined) return [];
    members = members.filter((info) => labelOf(info.node, spread) === value);
    const tasks = members.reduce((sum, info) => sum + activeOfService(info, task.serviceId), 0);
    return [{ spread, value, tasks }];
  });
}
