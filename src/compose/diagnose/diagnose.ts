import { compareNumber, compareText } from '../../base/index.ts';
import type { MergeEvent } from '../merge.ts';
import type { ConfigSections } from '../model/config.ts';
import type { Diagnostic } from '../problem.ts';
import type { Lookup } from '../template.ts';
import type { Origin } from '../traced.ts';
import type { Mapping } from '../tree.ts';
import { documentDiagnostics } from './documents.ts';
import { mergeDiagnostics } from './merge-events.ts';
import { serviceDiagnostics } from './services.ts';

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

/** The traps that a load fell into, by place: in the order of the files, then from top to bottom. */
export function diagnose(loaded: Loaded): readonly Diagnostic[] {
  const found = [...mergeDiagnostics(loaded.events), ...serviceDiagnostics(loaded), ...documentDiagnostics(loaded)];
  const files = loaded.documents.map(({ at }) => at.file);
  return found.sort(
    (a, b) =>
      compareNumber(files.indexOf(a.at.file), files.indexOf(b.at.file)) ||
      compareNumber(a.at.line, b.at.line) ||
      compareNumber(a.at.column, b.at.column) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}
