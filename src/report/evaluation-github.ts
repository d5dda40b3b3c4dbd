/** An evaluation for GitHub: annotations on the lines of the scenario that were not met, and a summary of the job. */
import type { ScenarioResult, VariantResult } from '../evaluate/index.ts';
import { type ServiceRows, serviceRows } from './evaluation-text.ts';
import { annotation, code, tableRow } from './github.ts';

/** Workflow commands, one a line; nothing where all was as expected. */
export function evaluationAnnotations(results: readonly ScenarioResult[], seeds: number): string {
  return results
    .flatMap(({ scenario, variants }) =>
      variants.flatMap(({ label, unmet }) =>
        unmet.map(({ problem, at, count, seed, token }) => {
          const title = variants.length > 1 ? `${scenario.name}, ${label}` : scenario.name;
          const often = seeds === 1 ? '' : ` (${count} of ${seeds} seeds, first ${seed})`;
          const again = token === undefined ? '' : `\nreplay: ${token}`;
          return annotation('error', at, title, `${problem}${often}${again}`);
        }),
      ),
    )
    .join('\n');
}

/** A table for each service, in Markdown. */
export function evaluationSummary(results: readonly ScenarioResult[], seeds: number): string {
  const parts = results.flatMap(({ scenario, variants }) => [
    `## ${code(scenario.name)}`,
    '',
    ...serviceRows(variants).flatMap((told) => [...tableOf(told, variants), '']),
    ...variants.flatMap((variant) => verdictOf(variant, variants.length > 1, seeds)),
    '',
  ]);
  return parts.join('\n');
}

function tableOf({ service, rows }: ServiceRows, variants: readonly VariantResult[]): string[] {
  const labels = variants.length > 1 ? variants.map(({ label }) => label) : [''];
  return [
    tableRow([code(service), ...labels]),
    tableRow(['---', ...labels.map(() => '---')]),
    ...(rows.length === 0 ? [tableRow(['unchanged', ...labels.map(() => '')])] : rows.map(tableRow)),
  ];
}

function verdictOf({ label, unmet }: VariantResult, isNamed: boolean, seeds: number): string[] {
  const name = isNamed ? `${label}: ` : '';
  if (unmet.length === 0) return [`- ✅ ${name}as expected`];
  return unmet.map(({ problem, count, token }) => {
    const often = seeds === 1 ? '' : ` (${count} of ${seeds} seeds)`;
    return `- ❌ ${name}${code(problem)}${often}${token === undefined ? '' : `, ${code(token)}`}`;
  });
}
