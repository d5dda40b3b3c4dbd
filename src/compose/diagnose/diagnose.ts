import { compareNumber, compareText } from '../../base/index.ts';
import type { Diagnostic } from '../problem.ts';
import { documentDiagnostics } from './documents.ts';
import type { Loaded } from './loaded.ts';
import { mergeDiagnostics } from './merge-events.ts';
import { serviceDiagnostics } from './services.ts';

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
