import type { Entities, TableName } from './schema.ts';

/**
 * One object created, updated or deleted. A transaction publishes one for each call, in the order of the calls, even
 * where several concern the same object (swarmkit manager/state/store/memory.go, tx.create, update and delete).
 */
export type Change = { readonly [T in TableName]: ChangeOf<T> }[TableName];

/** The changes of one table. */
export type ChangeOf<T extends TableName> =
  | { readonly table: T; readonly kind: 'create'; readonly id: string; readonly after: Entities[T] }
  | {
      readonly table: T;
      readonly kind: 'update';
      readonly id: string;
      readonly before: Entities[T];
      readonly after: Entities[T];
    }
  | { readonly table: T; readonly kind: 'delete'; readonly id: string; readonly before: Entities[T] };
