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
  const blocks = serviceRows(variants).map((told) => serviceText(told, variants));
  const faults = variants.flatMap((variant) => faultLines(variant, variants.length > 1, seeds));
  const verdicts = variants.flatMap((variant) => verdictOf(variant, variants.length > 1, seeds, palette));
  return [palette.strong(scenario.name), ...blocks, ...faults, ...verdicts].join('\n');
}

/** What is told of a service: a label, and a cell for each variant. */
export interface ServiceRows {
  readonly service: string;
  /** None where nothing was changed, and nothing happened. */
  readonly rows: readonly (readonly [label: string, ...cells: string[]])[];
}

export function serviceRows(variants: readonly VariantResult[]): readonly ServiceRows[] {
  const names = variants[0]?.services.map(({ service }) => service) ?? [];
  return names.map((service) => {
    const summaries = variants.map(({ services }) => services.find((summary) => summary.service === service));
    if (summaries.every(isUntouched)) return { service, rows: [] };
    const rows = ROWS.map(([label, cell]): readonly [string, ...string[]] => [
      label,
      ...summaries.map((summary) => (summary ? cell(summary) : ABSENT)),
    ]);
    return { service, rows: rows.filter(([, ...cells]) => cells.some((cell) => cell !== ABSENT)) };
  });
}

function serviceText({ service, rows }: ServiceRows, variants: readonly VariantResult[]): string {
  if (rows.length === 0) return `  ${service}  unchanged`;
  const head = [service, ...(variants.length > 1 ? variants.map(({ label }) => label) : [''])];
  return table([head, ...rows.map(([label, ...cells]) => [`  ${label}`, ...cells])], '  ');
}

/** Nothing was changed, and nothing happened to it. */
function isUntouched(summary: ServiceSummary | undefined): boolean {
  if (!summary) return true;
  const { outcomes, restless, failures, lowestRunning, wanted } = summary;
  const isUnchanged = outcomes.every(({ what }) => what === 'unchanged');
  return isUnchanged && restless === 0 && failures.max === 0 && lowestRunning?.min === wanted;
}

/** A row that has nothing else is left out. */
const ABSENT = '-';

/** Of what is still under way, so many lines are told. */
const UNDER_WAY_LINES = 6;

const ROWS: readonly (readonly [label: string, cell: (summary: ServiceSummary) => string])[] = [
  ['outcome', outcomeText],
  ['took', ({ duration }) => spreadText(duration, time)],
  ['detected after', ({ detection }) => spreadText(detection, time)],
  [
    'lowest running',
    ({ lowestRunning, wanted }) => (lowestRunning ? `${spreadText(lowestRunning, String)} of ${wanted}` : ABSENT),
  ],
  ['ran the new version', ({ exposure, wanted }) => `${spreadText(exposure, String)} of ${wanted}`],
  ['failed tasks', ({ failures }) => spreadText(failures, String)],
  ['at the end', mixesText],
];

/** How a release ended for a service, over all seeds. */
export function outcomeText({ outcomes, restless }: ServiceSummary): string {
  const seeds = outcomes.reduce((sum, { count }) => sum + count, 0);
  const words = outcomes.map(({ what, count }) => (count === seeds ? what : `${what} (${count}x)`));
  const unrest = restless === 0 ? [] : [restless === seeds ? 'never at rest' : `never at rest (${restless}x)`];
  return [...words, ...unrest].join(', ');
}

function spreadText(spread: Spread | undefined, show: (value: number) => string): string {
  if (!spread) return ABSENT;
  const low = show(spread.min);
  const high = show(spread.max);
  return low === high ? low : `${low} .. ${high}`;
}

/** To the tenth of a second, which is what a reader can use. */
function time(micros: number): string {
  return formatDuration(nanosOf(Math.round(micros / 100_000) * 100_000));
}

/** The ends that came most often. */
function mixesText({ mixes }: ServiceSummary): string {
  const [first, second, ...others] = mixes;
  if (!first) return ABSENT;
  if (!second) return mixText(first.mix);
  const told = [first, second].map(({ mix, count }) => `${mixText(mix)} (${count}x)`);
  const rest = others.reduce((sum, { count }) => sum + count, 0);
  return [...told, ...(rest > 0 ? [`other ends (${rest}x)`] : [])].join(', ');
}

function mixText(mix: VersionMix): string {
  const parts = Object.entries(mix).map(([image, count]) => `${count} x ${image}`);
  return parts.length === 0 ? 'nothing runs' : parts.join(' + ');
}

/** What became of the scenario's faults. */
function faultLines({ label, faults }: VariantResult, isNamed: boolean, seeds: number): string[] {
  const name = isNamed ? `${label}: ` : '';
  return faults.map(({ text, fates }) => {
    const told = fates.map(({ what, count }) => (count === seeds ? what : `${what} (${count}x)`));
    return `  fault ${name}${text}: ${told.join(', ')}`;
  });
}

function verdictOf(
  { label, unmet, underWay }: VariantResult,
  isNamed: boolean,
  seeds: number,
  palette: Palette,
): string[] {
  const name = isNamed ? `${label}: ` : '';
  const more = underWay.length - UNDER_WAY_LINES;
  const lines = [...underWay.slice(0, UNDER_WAY_LINES), ...(more > 0 ? [`and ${more} more`] : [])];
  const stuck = lines.map((line) => palette.faint(`      ${line}`));
  if (unmet.length === 0) return [palette.good(`  v ${name}as expected`), ...stuck];
  const problems = unmet.map(({ problem, seed, count }) => {
    const often = seeds === 1 ? '' : ` (${count} of ${seeds} seeds, first ${seed})`;
    return palette.bad(`  x ${name}${problem}${often}`);
  });
  return [...problems, ...stuck];
}
