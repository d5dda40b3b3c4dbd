/** An evaluation as JUnit XML: a suite for each variant in each scenario, a case for each service, and one for what else was amiss. */
import { formatPosition } from '../compose/index.ts';
import type { ScenarioResult, Unmet, VariantResult } from '../evaluate/index.ts';
import { outcomeText } from './evaluation-text.ts';
import { escaped } from './xml.ts';

export function evaluationJunit(results: readonly ScenarioResult[], seeds: number): string {
  const suites = results.flatMap(({ scenario, variants }) =>
    variants.map((variant) =>
      suiteOf(variants.length > 1 ? `${scenario.name}, ${variant.label}` : scenario.name, variant, seeds),
    ),
  );
  const [tests, failures] = [sum(suites.map(({ tests }) => tests)), sum(suites.map(({ failures }) => failures))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="dryswarm" tests="${tests}" failures="${failures}">`,
    ...suites.map(({ text }) => text),
    '</testsuites>',
  ].join('\n');
}

interface Suite {
  readonly text: string;
  readonly tests: number;
  readonly failures: number;
}

function suiteOf(title: string, { services, unmet }: VariantResult, seeds: number): Suite {
  const name = escaped(title);
  const others = unmet.filter(({ service }) => service === undefined);
  const cases = [
    ...services.map((summary) => ({
      name: summary.service,
      unmet: unmet.filter(({ service }) => service === summary.service),
      says: outcomeText(summary),
    })),
    ...(others.length > 0 ? [{ name: 'the release', unmet: others, says: '' }] : []),
  ];
  const failures = cases.filter((each) => each.unmet.length > 0).length;
  const lines = cases.map((each) => caseOf(name, escaped(each.name), each.unmet, escaped(each.says), seeds));
  return {
    text: [
      `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}">`,
      ...lines,
      '  </testsuite>',
    ].join('\n'),
    tests: cases.length,
    failures,
  };
}

function caseOf(suite: string, name: string, unmet: readonly Unmet[], says: string, seeds: number): string {
  const head = `    <testcase classname="${suite}" name="${name}">`;
  if (unmet.length === 0) return `${head}<system-out>${says}</system-out></testcase>`;
  const message = escaped(unmet.map(({ problem }) => problem).join('; '));
  const body = escaped(unmet.map((each) => detailsOf(each, seeds)).join('\n'));
  return `${head}<failure type="unmet" message="${message}">${body}</failure><system-out>${says}</system-out></testcase>`;
}

function detailsOf({ problem, at, token, count, seed }: Unmet, seeds: number): string {
  const often = seeds === 1 ? `seed ${seed}` : `${count} of ${seeds} seeds, first ${seed}`;
  const lines = [`${problem} (${often})`];
  if (at) lines.push(`at ${formatPosition(at)}`);
  if (token !== undefined) lines.push(`replay: ${token}`);
  return lines.join('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
