/**
 * Who reacts first to one commit. The real components race; these orders dominate in measurements of them:
 * the restart of a failed task comes before the updater that sees the same failure, a failure is handled before
 * the worker that it frees takes the next slot, and the workers come before what starts and places tasks.
 * Global services, jobs and the allocator act on a change itself; replicated services wait for the commit's own event.
 */
export const rank = {
  orchestrator: 10,
  allocator: 11,
  replicatedOrchestrator: 12,
  updater: 20,
  updaterWorker: 21,
  delayedStart: 30,
  constraintEnforcer: 50,
  scheduler: 60,
  taskReaper: 70,
  dispatcher: 80,
  controlApi: 90,
  roleManager: 100,
} as const;
