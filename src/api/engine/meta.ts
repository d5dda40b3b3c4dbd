import type { Meta } from '../objects.ts';
import { type EpochOption, toRfc3339 } from './instants.ts';
import type * as Engine from './types.ts';

/** What every stored object carries. */
export function metaToEngine({ id, version, createdAt, updatedAt }: Meta, epoch?: EpochOption): Engine.Meta {
  return {
    ID: id,
    Version: { Index: version },
    CreatedAt: toRfc3339(createdAt, epoch),
    UpdatedAt: toRfc3339(updatedAt, epoch),
  };
}
