import { type Instant, type Micros, seconds } from '../../base/index.ts';
import { FAILED } from '../history.ts';
import type { TaskStory } from './story.ts';

/** swarmkit manager/scheduler/scheduler.go: maxFailures, monitorFailures. */
const FAILURES = 5;
const WINDOW: Micros = seconds(300);

/** A node on which so many tasks of one version had failed shortly before that the scheduler takes it for faulty. */
export function faultyNode(failed: readonly TaskStory[], version: number, at: Instant): string | undefined {
  const recent = failed.filter(
    ({ version: failing, end }) => failing === version && end && end.at <= at && end.at >= at - WINDOW,
  );
  return recent.find(({ node }) => recent.filter((other) => other.node === node).length >= FAILURES)?.node;
}

/** What counts as a failure of a node. */
export function isFailed({ end }: TaskStory): boolean {
  return end !== undefined && FAILED.has(end.state);
}
