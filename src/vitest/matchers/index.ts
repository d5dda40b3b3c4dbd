export { toHaveConverged } from './converged.ts';
export { toHaveLeader, toHaveQuorum } from './managers.ts';
export {
  type KeptRunningOptions,
  type StayedAvailableOptions,
  toHaveKeptRunning,
  toHaveRunning,
  toHaveStayedAvailable,
} from './running.ts';
export { type TimelinePattern, toMatchTimeline } from './timeline.ts';
export { toHaveCompletedUpdate, toHavePausedUpdate, toHaveRolledBack } from './update.ts';
