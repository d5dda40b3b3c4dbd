import type { Batch } from './batches.ts';
import { FAULTY_FOR } from './evicted-node-faulty.ts';
import type { ServiceStory } from './story.ts';

/** A node on which five tasks of that version had failed in the five minutes before, if there is one. */
export function faultyNode({ tasks }: ServiceStory, { at, version }: Batch): string | undefined {
  const failed = tasks.filter(
    (task) =>
      task.version === version &&
      (task.end?.state === 'FAILED' || task.end?.state === 'REJECTED') &&
      task.end.at <= at &&
      task.end.at >= at - FAULTY_FOR,
  );
  return failed.find(({ node }) => failed.filter((other) => other.node === node).length >= 5)?.node;
}
