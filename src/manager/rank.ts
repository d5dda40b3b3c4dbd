/**
 * Who reacts first to one commit. The real components race; these orders dominate in measurements of them:
 * the restart of a failed task comes before the updater that sees the same failure, a failure is handled before
 * the worker that it frees takes the next slot, and the workers come before what starts and places tasks.
 */
export const rank = {
  orchestrator: 10,
  updater: 20,
  updaterWorker: 21,
  delayedStart: 30,
  allocator: 40,
  constraintEnforcer: 50,
  scheduler: 60,
  taskReaper: 70,
  dispatcher: 80,
  controlApi: 90,
  roleManager: 100,
} as const;
