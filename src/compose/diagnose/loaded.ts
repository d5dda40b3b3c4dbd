import type { MergeEvent } from '../merge.ts';
import type { ConfigSections } from '../model/config.ts';
import type { Lookup } from '../template.ts';
import type { Origin } from '../traced.ts';
import type { Mapping } from '../tree.ts';

/** Everything that a load has seen. */
export interface Loaded {
  readonly config: ConfigSections;
  readonly origin: Origin;
  /** As parsed, one for each file. */
  readonly documents: readonly Mapping[];
  /** With their variables replaced. */
  readonly complete: readonly Mapping[];
  readonly events: readonly MergeEvent[];
  /** Undefined if variables were left alone. */
  readonly lookup: Lookup | undefined;
}
