import type { Instant } from '../../base/index.ts';
import type { Story } from './story.ts';

/** What the constraint enforcer says of a task (swarmkit manager/orchestrator/constraintenforcer/constraint_enforcer.go). */
export const NO_LONGER_FITS = 'assigned node no longer meets constraints';

/** Whether the managers have called a node down after an instant; by its name. */
export function nodeWasDownAfter(story: Story, node: string, at: Instant): boolean {
  return story.of('node.changed').some((change) => change.name === node && change.state === 'down' && change.at >= at);
}

/** Whether a node was drained at an instant, as far as the story tells. */
export function isDrainedAt(story: Story, node: string, at: Instant): boolean {
  const changes = story.of('node.changed').filter((change) => change.name === node && change.at <= at);
  return changes.at(-1)?.availability === 'drain';
}
