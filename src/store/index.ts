export {
  type By,
  byDesiredState,
  byIdPrefix,
  byName,
  byNamePrefix,
  byNodeId,
  byRole,
  byServiceId,
  bySlot,
  byTaskState,
  type Field,
} from './by.ts';
export type { Change, ChangeOf } from './change.ts';
export { MemoryStore, type StoreCheckpoint, type StoreOptions } from './memory-store.ts';
export type { ReadView, Roots, Views } from './read-view.ts';
export type { Entities, TableName } from './schema.ts';
export { StoreError, type StoreErrorReason } from './store-error.ts';
export type { TableView } from './table.ts';
export type { NewEntity, TableWriter } from './table-writer.ts';
export {
  MAX_CHANGES_PER_TRANSACTION,
  MAX_TRANSACTION_BYTES,
  type SealedTransaction,
  type Transaction,
  type Writers,
} from './transaction.ts';
