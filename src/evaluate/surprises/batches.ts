import type { Instant } from '../../base/index.ts';
import type { RecordOf, Story } from './story.ts';

/** A task that was placed, with how its node and the branch of its preference stood before. */
export type Placement = Required<Pick<RecordOf<'task.placed'>, 'node' | 'ofService' | 'total'>> &
  Pick<RecordOf<'task.placed'>, 'branch' | 'ofBranch' | 'share' | 'level'>;

/** Tasks of one version of a service that were placed together, in the order in which they were. */
export interface Batch {
  readonly at: Instant;
  readonly version: number;
  readonly placements: readonly Placement[];
}

export function batchesOf(story: Story, service: string): Batch[] {
  const batches = new Map<string, Batch & { readonly placements: Placement[] }>();
  for (const record of story.of('task.placed')) {
    if (record.service !== service || !isRanked(record)) continue;
    const { at, version } = record;
    const key = `${at} ${version}`;
    const batch = batches.get(key) ?? { at, version, placements: [] };
    batches.set(key, batch);
    batch.placements.push(record);
  }
  return [...batches.values()];
}

function isRanked(record: RecordOf<'task.placed'>): record is RecordOf<'task.placed'> & Placement {
  return record.total !== undefined;
}

/**
 * Nodes as the first sweep over them has left them: it stays on a node until the next is better, and never turns back.
 * Undefined where it went on although the next was no better, so that the node before was full, and where
 * the tasks were spread over branches, each of which is swept by itself.
 */
export function sweptLoads({ placements }: Batch): ReadonlyMap<string, number> | undefined {
  const loads = new Map<string, number>();
  let before: Placement | undefined;
  for (const placement of placements) {
    if (placement.branch !== undefined) return undefined;
    if (before && placement.node !== before.node) {
      if (loads.has(placement.node)) break;
      if (compare(placement, before) >= 0) return undefined;
    }
    loads.set(placement.node, placement.ofService + 1);
    before = { ...placement, ofService: placement.ofService + 1, total: placement.total + 1 };
  }
  return loads;
}

function compare(a: Placement, b: Placement): number {
  return a.ofService - b.ofService || a.total - b.total;
}
