import type { RecordOf, ServiceStory } from './story.ts';

/** A rollback that was begun, and what it changed; nothing where both specifications were the same. */
export interface RollbackStory {
  readonly status: RecordOf<'update.changed'>;
  readonly isByHand: boolean;
  readonly edit: RecordOf<'service.updated'> | undefined;
}

export function rollbacksOf({ statuses, edits }: ServiceStory): RollbackStory[] {
  return statuses
    .filter(({ state }) => state === 'rollback_started')
    .map((status) => ({
      status,
      isByHand: status.message.startsWith('manually'),
      edit: edits.find(({ at }) => at === status.at),
    }));
}
