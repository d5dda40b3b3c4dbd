/** Every law. A new one is a file in this folder and a line here. */
import { assignmentsAreAllowed } from './assignments-are-allowed.ts';
import { assignmentsFit } from './assignments-fit.ts';
import { completedUpdatesStayCompleted } from './completed-updates-stay-completed.ts';
import { desiredStatesOnlyGrow } from './desired-states-only-grow.ts';
import { jobsKeepTheirBounds } from './jobs-keep-their-bounds.ts';
import type { Law } from './law.ts';
import { newTasksAreOfThePresentSpec } from './new-tasks-are-of-the-present-spec.ts';
import { observedStatesOnlyGrow } from './observed-states-only-grow.ts';
import { oneTaskPerNode } from './one-task-per-node.ts';
import { oneTaskPerSlot } from './one-task-per-slot.ts';
import { restAccounted } from './rest-accounted.ts';
import { restDrained } from './rest-drained.ts';
import { restGlobal } from './rest-global.ts';
import { restReplicated } from './rest-replicated.ts';
import { startFirstSwaps } from './start-first-swaps.ts';
import { tasksStayWhatTheyAre } from './tasks-stay-what-they-are.ts';
import { updateStatusFollowsTheTable } from './update-status-follows-the-table.ts';

export const LAWS: readonly Law[] = [
  observedStatesOnlyGrow,
  desiredStatesOnlyGrow,
  tasksStayWhatTheyAre,
  oneTaskPerSlot,
  oneTaskPerNode,
  startFirstSwaps,
  jobsKeepTheirBounds,
  newTasksAreOfThePresentSpec,
  assignmentsFit,
  assignmentsAreAllowed,
  updateStatusFollowsTheTable,
  completedUpdatesStayCompleted,
  restReplicated,
  restGlobal,
  restDrained,
  restAccounted,
];
