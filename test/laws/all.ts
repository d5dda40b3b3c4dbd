/** Every law. A new one is a file in this folder and a line here. */

import { assignmentsFit } from '../../src/fast-check/laws/swarm/assignments-fit.ts';
import { desiredStatesOnlyGrow } from '../../src/fast-check/laws/swarm/desired-states-only-grow.ts';
import type { Law } from '../../src/fast-check/laws/swarm/law.ts';
import { observedStatesOnlyGrow } from '../../src/fast-check/laws/swarm/observed-states-only-grow.ts';
import { oneTaskPerSlot } from '../../src/fast-check/laws/swarm/one-task-per-slot.ts';
import { restDrained } from '../../src/fast-check/laws/swarm/rest-drained.ts';
import { restGlobal } from '../../src/fast-check/laws/swarm/rest-global.ts';
import { tasksStayWhatTheyAre } from '../../src/fast-check/laws/swarm/tasks-stay-what-they-are.ts';
import { updateStatusFollowsTheTable } from '../../src/fast-check/laws/swarm/update-status-follows-the-table.ts';
import { assignmentsAreAllowed } from './assignments-are-allowed.ts';
import { completedUpdatesStayCompleted } from './completed-updates-stay-completed.ts';
import { jobsKeepTheirBounds } from './jobs-keep-their-bounds.ts';
import { newTasksAreOfThePresentSpec } from './new-tasks-are-of-the-present-spec.ts';
import { oneTaskPerNode } from './one-task-per-node.ts';
import { restAccounted } from './rest-accounted.ts';
import { restReplicated } from './rest-replicated.ts';
import { startFirstSwaps } from './start-first-swaps.ts';

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
