import type { Area, Trial } from './areas.ts';
import type { Mutant } from './mutant.ts';

export interface Result {
  readonly area: Area;
  readonly mutant: Mutant;
  /** What failed first when the mutant was there. */
  caughtBy: Trial['kind'] | undefined;
}

/** The part that was caught, from 0 to 1. Mutants that change nothing that can be observed count as not caught. */
export function scoreOf(results: readonly Result[]): number {
  return results.filter(({ caughtBy }) => caughtBy !== undefined).length / results.length;
}

export function nameOf({ area, mutant }: Result): string {
  return `${mutant.id} ${area.name} ${mutant.path}:${mutant.line} ${changeOf(mutant)}`;
}

/** What was done, in a few words. */
export function changeOf({ operator, was, edit }: Mutant): string {
  const { text } = edit;
  if (text === ';') return `${operator}: without \`${short(was)}\``;
  return `${operator}: \`${short(was)}\` becomes \`${short(text.replaceAll(/\s+/g, ' '))}\``;
}

function short(code: string): string {
  return code.length > 60 ? `${code.slice(0, 57)}...` : code;
}
