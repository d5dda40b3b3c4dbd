/**
 * Placing tasks without a spec version. Each is a group of its own and takes the best node of all, so a pass over the
 * nodes for every one of them would do (and `placeGroup` does just that); here tasks that the filters and the ranking
 * cannot tell apart share one heap of nodes instead.
 *
 * Within a pass nodes only fill up, so a node that is refused once may leave the heap, and one that another heap has
 * given a task meanwhile can only be worse than its place says: it is ranked anew when it comes to the top.
 */
import type { Task } from '../../api/index.ts';
import { heapify, heapRemoveTop, heapReplaceTop } from './heap.ts';
import { activeOfService } from './node-info.ts';
import { assignTask, type Pass } from './pass.ts';
import { type Check, checksFrom, checksOfBookings, firstRefusal, inputsOf, Pipeline } from './pipeline.ts';
import {
  type Candidate,
  compareCandidates,
  createCandidate,
  type RankingOf,
  rankingOf,
  refreshCandidate,
} from './ranking.ts';

/** Told of each task that no node can take, with the filters' explanation, before the next one is tried. */
export type OnUnplaced = (task: Task, explanation: string) => void;

/** Places the tasks one by one, in the order given. */
export function placeOneOffs(pass: Pass, tasks: readonly Task[], salt: number, onUnplaced: OnUnplaced): void {
  const { filters, surroundings } = pass;
  const families = new Map<string, Family>();
  for (const task of tasks) {
    const inputs = inputsOf(task, filters, surroundings);
    const key = `${task.serviceId} ${JSON.stringify(inputs)}`;
    let family = families.get(key);
    if (!family) {
      family = createFamily(pass, checksFrom(inputs, filters, surroundings), rankingOf(task, pass.at, salt));
      families.set(key, family);
    }
    const best = bestNode(pass, family);
    if (best) take(pass, family, task, best);
    else onUnplaced(task, explain(pass, family));
  }
}

/** Tasks for which the nodes are in the same order. */
interface Family {
  readonly checks: readonly Check[];
  readonly checksOfBookings: readonly Check[];
  readonly ranking: RankingOf;
  /** A heap of the nodes that may still pass, each no better than its place says. */
  readonly candidates: Candidate[];
  /** Why no node passes, as long as the pass has assigned no more than so many tasks. */
  explanation: { readonly text: string; readonly assigned: number } | undefined;
}

function createFamily({ state }: Pass, checks: readonly Check[], ranking: RankingOf): Family {
  const candidates = [...state.nodes.values()]
    .filter((info) => !firstRefusal(checks, info))
    .map((info) => createCandidate(info, ranking));
  heapify(candidates, compareCandidates);
  return { checks, checksOfBookings: checksOfBookings(checks), ranking, candidates, explanation: undefined };
}

function bestNode({ state }: Pass, family: Family): Candidate | undefined {
  const { ranking, candidates } = family;
  for (let top = candidates[0]; top; top = candidates[0]) {
    top.info = state.nodes.get(top.info.node.id)!;
    if (top.total !== top.info.activeTasks || top.ofService !== activeOfService(top.info, ranking.serviceId)) {
      refreshCandidate(top, ranking);
      heapReplaceTop(candidates, top, compareCandidates);
    } else if (firstRefusal(family.checksOfBookings, top.info)) {
      heapRemoveTop(candidates, compareCandidates);
    } else return top;
  }
  return undefined;
}

function take(pass: Pass, { ranking, candidates }: Family, task: Task, best: Candidate): void {
  best.info = assignTask(pass, task, best.info.node.id);
  refreshCandidate(best, ranking);
  heapReplaceTop(candidates, best, compareCandidates);
}

/** Every node refuses, so the counts are complete; they hold until somebody books something. */
function explain(pass: Pass, family: Family): string {
  if (family.explanation?.assigned !== pass.assigned) {
    const pipeline = new Pipeline(family.checks);
    for (const info of pass.state.nodes.values()) pipeline.passes(info);
    family.explanation = { text: pipeline.explain(), assigned: pass.assigned };
  }
  return family.explanation.text;
}
