/** What the Engine API's objects have in common; part of the namespace that `types.ts` makes. */

export type StringMap = Readonly<Record<string, string>>;

export interface Version {
  readonly Index?: number;
}

/** What every stored object carries. */
export interface Meta {
  readonly ID: string;
  readonly Version: Version;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
}

export interface Driver {
  readonly Name?: string;
  readonly Options?: StringMap;
}
