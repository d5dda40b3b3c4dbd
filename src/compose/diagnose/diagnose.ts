import type { MergeEvent } from '../merge.ts';
import type { ConfigSections } from '../model/config.ts';
import type { Diagnostic } from '../problem.ts';
import type { Lookup } from '../template.ts';
import type { Origin } from '../traced.ts';
import type { Mapping } from '../tree.ts';

export interface Loaded {
  readonly config: ConfigSections;
  readonly origin: Origin;
  readonly documents: readonly Mapping[];
  readonly events: readonly MergeEvent[];
  readonly lookup: Lookup;
}
export function diagnose(loaded: Loaded): readonly Diagnostic[] {
  void loaded;
  return [];
}
