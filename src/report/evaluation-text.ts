/** An evaluation as text for people: a table for each scenario, variants side by side. */
import { formatDuration } from '../api/index.ts';
import { nanosOf } from '../base/index.ts';
import type { ScenarioResult, ServiceSummary, Spread, VariantResult, VersionMix } from '../evaluate/index.ts';
import { table } from './table.ts';

/** How to stress what is said; plain text where colours are unwanted. */
export interface Palette {
  good(text: string): string;
  bad(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

export const PLAIN: Palette = {
  good: (text) => text,
  bad: (text) => text,
  strong: (text) => text,
  faint: (text) => text,
};

export function evaluationText(results: readonly ScenarioResult[], seeds: number, palette: Palette = PLAIN): string {
  return results.map((result) => scenarioText(result, seeds, palette)).join('\n\n');
}

function scenarioText({ scenario, variants }: ScenarioResult, seeds: number, palette: Palette): string {
  const names = variants[0]?.services.map(({ service }) => service) ?? [];
  const blocks = names.map((name) => serviceText(name, variants));
  const verdicts = variants.flatMap((variant) => verdictOf(variant, variants.length > 1, seeds, palette));
  return [palette.strong(scenario.name), ...blocks, ...verdicts].join('\n');
}

function serviceText(name: string, variants: readonly VariantResult[]): string {
  const summaries = variants.map(({ services }) => services.find(({ service }) => service === name));
  const rows = ROWS.map(([label, cell]) => [label, ...summaries.map((summary) => (summary ? cell(summary) : '-'))]);
  const head = [name, ...(variants.length > 1 ? variants.map(({ label }) => label) : [''])];
  return table([head, ...rows.map(([label, ...cells]) => [`  ${label}`, ...cells])], '  ');
}

const ROWS: readonly (readonly [label: string, cell: (summary: ServiceSummary) => string])[] = [
  [
    'outcome',
    ({ outcomes }) =>
      outcomes.map(({ what, count }) => (outcomes.length === 1 ? what : `${what} ${count}x`)).join(', '),
  ],
  ['took', ({ duration }) => spreadText(duration, time)],
  ['detected after', ({ detection }) => spreadText(detection, time)],
  ['lowest running', ({ lowestRunning, wanted }) => `${spreadText(lowestRunning, String)} of ${wanted}`],
  ['ran the new version', ({ exposure, wanted }) => `${spreadText(exposure, String)} of ${wanted}`],
  ['failed tasks', ({ failures }) => spreadText(failures, String)],
  [
    'at the end',
    ({ mixes }) =>
      mixes.map(({ mix, count }) => (mixes.length === 1 ? mixText(mix) : `${mixText(mix)} ${count}x`)).join('; '),
  ],
];

function spreadText(spread: Spread | undefined, show: (value: number) => string): string {
  if (!spread) return '-';
  const low = show(spread.min);
  const high = show(spread.max);
  return low === high ? low : `${low} .. ${high}`;
}

/** To the tenth of a second, which is what a reader can use. */
function time(micros: number): string {
  return formatDuration(nanosOf(Math.round(micros / 100_000) * 100_000));
}

function mixText(mix: VersionMix): string {
  const parts = Object.entries(mix).map(([image, count]) => `${count} x ${image}`);
  return parts.length === 0 ? 'nothing runs' : parts.join(' + ');
}

function verdictOf(
  { label, unmet, underWay }: VariantResult,
  isNamed: boolean,
  seeds: number,
  palette: Palette,
): string[] {
  const name = isNamed ? `${label}: ` : '';
  const stuck = underWay.map((line) => palette.faint(`      ${line}`));
  if (unmet.length === 0) return [palette.good(`  v ${name}as expected`), ...stuck];
  const problems = unmet.map(({ problem, seed, count }) => {
    const often = seeds === 1 ? '' : ` (${count} of ${seeds} seeds, first ${seed})`;
    return palette.bad(`  x ${name}${problem}${often}`);
  });
  return [...problems, ...stuck];
}
