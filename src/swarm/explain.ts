/** Why a task is where it is, and how it came to that: from its last record back to the user's action or the fault. */
import { type Task, TaskState } from '../api/index.ts';
import type { NodeVerdict, PlacementExplanation } from '../manager/index.ts';
import { describeRank, describeRecord, formatInstant, type SwarmRecord } from './describe.ts';
import { lineageOf } from './lineage.ts';
import { nameOfTask } from './names.ts';

export interface Cause {
  readonly at: number;
  readonly text: string;
  readonly record: SwarmRecord;
}

export interface Explanation {
  readonly task: Task;
  /** What led to the task's present state, the first cause first. Empty where the trace was not kept. */
  readonly causes: readonly Cause[];
  /** What each node says to the task now, the task itself left out; undefined once it has ended. */
  readonly placement: PlacementExplanation | undefined;
  /** All of it as lines of text. */
  readonly text: string;
}

export function explainTask(
  task: Task,
  records: readonly SwarmRecord[],
  placementOf: (task: Task) => PlacementExplanation | undefined,
): Explanation {
  const causes = lineageOf(task.id, records).flatMap((record): Cause[] => {
    const text = describeRecord(record);
    return text === undefined ? [] : [{ at: record.at, text, record }];
  });
  const isLive = task.status.state <= TaskState.RUNNING && task.desiredState <= TaskState.COMPLETE;
  const placement = isLive ? placementOf(task) : undefined;
  return { task, causes, placement, text: textOf(task, causes, placement) };
}

function textOf(task: Task, causes: readonly Cause[], placement: PlacementExplanation | undefined): string {
  const lines = causes.map(({ at, text }) => `${formatInstant(at).padStart(12)}  ${text}`);
  const verdicts = (placement?.verdicts ?? []).map(
    (verdict) => `${verdict.nodeId.padStart(12)}  ${judgement(verdict, task.nodeId)}`,
  );
  const err = task.status.err ? [`  ${task.status.err}`] : [];
  return [nameOfTask(task), ...lines, ...err, ...verdicts].join('\n');
}

function judgement(verdict: NodeVerdict, nodeId: string): string {
  const has = verdict.nodeId === nodeId;
  if (verdict.kind === 'refused')
    return `${has ? 'has it, and would not get it now' : 'cannot take it'}: ${verdict.reason}`;
  return `${has ? 'has it' : 'could take it'} (beside it ${describeRank(verdict.rank)})`;
}
