import { OPERATORS } from './operators.ts';
import { changeOf, type Result, scoreOf } from './result.ts';
import { SURVIVORS } from './survivors.ts';

/** `docs/internals/mutants.md`. */
export function pageOf(results: readonly Result[], seed: number): string {
  const areas = [...new Set(results.map(({ area }) => area))];
  const survivors = results.filter(({ caughtBy }) => caughtBy === undefined);
  return `# Mutants

Would anything notice if this code were wrong? \`npm run test:mutants\` makes it wrong in one place, runs what is there to notice,
puts it right again, and goes on to the next. \`npm run test:mutants -- --page\` writes this page.

Seed ${seed} draws the mutants from all that the operators of \`scripts/mutants/operators.ts\` can do to these parts of the source, and
that the compiler takes: no others could be committed. The golden vectors of the area are replayed first, then its unit tests; the first
that fails ends the trial, and so does one that finds no end. What only asserts, throws or is a type is left alone. Transcripts,
properties and the tests of the swarm as a whole are not run, and a mutant that changes nothing that can be observed counts as not
caught: the score is the least that holds.

## Score

**${results.length - survivors.length} of ${results.length} caught: ${percent(results)}.**

${table(
  ['Area', 'Mutants', 'Vectors', 'Units', 'Caught'],
  areas.map((area) => [area.name, results.filter((result) => result.area === area)]),
)}

${table(
  ['Operator', 'Mutants', 'Vectors', 'Units', 'Caught'],
  OPERATORS.map(({ name }) => [name, results.filter(({ mutant }) => mutant.operator === name)]),
)}

## Survivors

| Where | What was done | Why nothing notices |
|---|---|---|
${survivors.map(rowOf).join('\n')}
`;
}

/** How many of each group there are, which kind of trial caught how many of them first, and the part of all. */
function table(head: readonly string[], groups: readonly (readonly [string, readonly Result[]])[]): string {
  const rows = groups.map(([name, results]) => [
    name,
    results.length,
    ...(['vectors', 'units'] as const).map((kind) => results.filter(({ caughtBy }) => caughtBy === kind).length),
    percent(results),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function percent(results: readonly Result[]): string {
  return results.length === 0 ? '' : `${(scoreOf(results) * 100).toFixed(1)} %`;
}

function rowOf({ mutant }: Result): string {
  const cells = [`\`${mutant.path}\``, changeOf(mutant), SURVIVORS[mutant.id] ?? 'a test is missing'];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
