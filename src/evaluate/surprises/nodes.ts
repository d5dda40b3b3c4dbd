import type { Instant } from '../../base/index.ts';
import type { Story } from './story.ts';

/** What the constraint enforcer says of a task (swarmkit manager/orchestrator/constraintenforcer/constraint_enforcer.go). */
export const NO_LONGER_FITS = 'assigned node no longer meets constraints';

/** Whether the managers have called a node down after an instant; by its name. */
export function nodeWasDownAfter({ records }: Story, node: string, at: Instant): boolean {
  return records.some(
    (record) => record.kind === 'node.changed' && record.name === node && record.state === 'down' && record.at >= at,
  );
}

/** Whether a node was drained at an instant, as far as the story tells. */
export function isDrainedAt({ records }: Story, node: string, at: Instant): boolean {
  const last = records
    .filter((record) => record.kind === 'node.changed' && record.name === node && record.at <= at)
    .at(-1);
  return last?.kind === 'node.changed' && last.availability === 'drain';
}
