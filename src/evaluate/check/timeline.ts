/** What the findings read off the trace of a rollout, beside the metrics. */
import type { Instant, Micros } from '../../base/index.ts';
import { runningSpans, type TaskLife, taskLives, wasRunning } from '../history.ts';
import { firstFault } from './first-fault.ts';
import type { Rollout } from './rollout.ts';

/** How long fewer than so many tasks were seen running after the deployment. */
export function timeBelow(rollout: Rollout, wanted: number): Micros {
  const { deployedAt, swarm } = rollout;
  const lives = livesOf(rollout);
  const edges = lives.flatMap((life) => runningSpans(life).flat()).filter((at) => at > deployedAt && at < swarm.now);
  const moments = [...new Set([deployedAt, ...edges, swarm.now])].sort((a, b) => a - b);
  let below = 0;
  for (const [index, at] of moments.entries()) {
    const until = moments[index + 1] ?? at;
    if (lives.filter((life) => wasRunning(life, at)).length < wanted) below += until - at;
  }
  return below;
}

/** The fewest tasks seen running from an instant on. */
export function lowestFrom(rollout: Rollout, from: Instant): number {
  const lives = livesOf(rollout);
  const ends = lives
    .flatMap((life) => runningSpans(life).map(([, until]) => until))
    .filter((at) => at > from && at <= rollout.swarm.now);
  return Math.min(...[from, ...ends].map((at) => lives.filter((life) => wasRunning(life, at)).length));
}

/** Tasks that run at the end. */
export function runningAtEnd({ result }: Rollout): number {
  return Object.values(result.versionMix).reduce((sum, running) => sum + running, 0);
}

/** Slots (nodes, for a global service) for which a task of the new image was made. */
export function slotsTouched(rollout: Rollout): number {
  const touched = livesOf(rollout).filter(({ image }) => image === rollout.result.images.after);
  return new Set(touched.map(({ slot, node }) => (slot === 0 ? node : String(slot)))).size;
}

/** When a node's death was noticed and when the last of the tasks that it had was replaced, since it died. */
export interface Loss {
  readonly lost: number;
  readonly noticed: Micros | undefined;
  /** Undefined where a task was not replaced. */
  readonly restored: Micros | undefined;
}

export function lossIn(rollout: Rollout): Loss | undefined {
  const { records } = rollout.swarm.trace;
  const crash = firstFault(rollout);
  if (!crash) return undefined;
  const lives = livesOf(rollout);
  const lost = lives.filter((life) => life.node === crash.target && wasRunning(life, crash.at - 1));
  const noticed = records.find(
    (record) =>
      record.kind === 'node.changed' &&
      record.at > crash.at &&
      record.name === crash.target &&
      (record.state === 'down' || record.state === 'disconnected'),
  );
  const successors = lost.map(({ slot }) =>
    lives.find((life) => life.slot === slot && life.createdAt > crash.at && life.runningFrom !== undefined),
  );
  const restoredAt = successors.map((life) => life?.runningFrom ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...restoredAt);
  return {
    lost: lost.length,
    noticed: noticed && noticed.at - crash.at,
    restored: Number.isFinite(last) ? last - crash.at : undefined,
  };
}

/** How many tasks of the service were made for the node that had most of them. */
export function mostTasksOfANode(rollout: Rollout): number {
  const nodes = livesOf(rollout).map(({ node }) => node);
  return Math.max(0, ...nodes.map((node) => nodes.filter((other) => other === node).length));
}

function livesOf({ swarm, result }: Rollout): TaskLife[] {
  return taskLives(swarm.trace.records, swarm.service(result.service).id);
}

/** Running tasks of the service on each node at the end, by node. */
export function tasksPerNode(rollout: Rollout): ReadonlyMap<string, number> {
  const { swarm } = rollout;
  const lives = livesOf(rollout).filter((life) => wasRunning(life, swarm.now));
  return new Map(swarm.nodes().map(({ name }) => [name, lives.filter(({ node }) => node === name).length]));
}
