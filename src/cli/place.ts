import type { DryswarmError } from '../base/index.ts';
import { ComposeError, type Position } from '../compose/index.ts';
import { RefusedService, ScenarioError } from '../evaluate/index.ts';

/** Where a mistake was written, as far as that is known: maybe only in which file. */
export function placeOf(error: DryswarmError): Partial<Position> {
  if (error instanceof RefusedService) return error.at ?? {};
  if (!(error instanceof ComposeError || error instanceof ScenarioError)) return {};
  const { file, line, column } = error;
  return { ...(file !== undefined && { file }), ...(line !== undefined && { line, column: column ?? 1 }) };
}
