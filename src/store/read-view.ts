import type { Entities, TableName } from './schema.ts';
import type { TableRoot, TableView } from './table.ts';

/** Reading all tables, each by its name. */
export type Views = { readonly [T in TableName]: TableView<Entities[T]> };

/** The tables as of one commit; in a transaction also its own writes. */
export interface ReadView extends Views {
  /** The version that the last commit gave to what it wrote; 0 before the first. */
  readonly index: number;
}

/** All tables as plain data. */
export type Roots = { readonly [T in TableName]: TableRoot<Entities[T]> };
