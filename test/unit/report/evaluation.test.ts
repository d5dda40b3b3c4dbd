import { describe, expect, test } from 'vitest';
import type { ScenarioResult, ServiceSummary, VariantResult } from '../../../src/evaluate/index.ts';
import { readScenario } from '../../../src/evaluate/index.ts';
import { evaluationJson, evaluationText } from '../../../src/report/index.ts';

const seconds = (value: number) => ({ min: value * 1e6, median: value * 1e6, max: value * 1e6, count: 1 });
const exactly = (value: number) => ({ min: value, median: value, max: value, count: 1 });

const summary: ServiceSummary = {
  service: 'shop_api',
  wanted: 3,
  images: { before: 'api:1', after: 'api:2' },
  outcomes: [{ what: 'rolled back', count: 1 }],
  restless: 0,
  duration: seconds(61.25),
  detection: seconds(20),
  lowestRunning: exactly(2),
  exposure: exactly(1),
  failures: exactly(1),
  mixes: [{ mix: { 'api:1': 3 }, count: 1 }],
};

const unchanged: ServiceSummary = {
  ...summary,
  service: 'shop_web',
  outcomes: [{ what: 'unchanged', count: 1 }],
  duration: undefined,
  detection: undefined,
  lowestRunning: exactly(3),
  exposure: exactly(0),
  failures: exactly(0),
};

function variant(services: readonly ServiceSummary[], rest: Partial<VariantResult> = {}): VariantResult {
  return { label: 'A', services, faults: [], unmet: [], underWay: [], ...rest };
}

function textOf(variants: readonly VariantResult[], seeds = 1): string {
  const result: ScenarioResult = { scenario: readScenario('', 'a bad day'), variants };
  return evaluationText([result], seeds);
}

describe('the report', () => {
  test('has a block for each service, and a line for one to which nothing happened', () => {
    expect(textOf([variant([summary, unchanged])]).split('\n')).toEqual([
      'a bad day',
      '  shop_api',
      '    outcome              rolled back',
      '    took                 1m1.3s',
      '    detected after       20s',
      '    lowest running       2 of 3',
      '    ran the new version  1 of 3',
      '    failed tasks         1',
      '    at the end           3 x api:1',
      '  shop_web  unchanged',
      '  v as expected',
    ]);
  });

  test('has a column for each variant, and says of each whether it was as expected', () => {
    const paused = { ...summary, outcomes: [{ what: 'paused' as const, count: 1 }] };
    const unmet = [{ problem: 'shop_api: paused instead of rolled back', seed: 1, count: 1 }];
    const lines = textOf([variant([summary]), variant([paused], { label: 'B', unmet })]).split('\n');
    expect(lines).toContain('  shop_api               A            B');
    expect(lines).toContain('    outcome              rolled back  paused');
    expect(lines.slice(-2)).toEqual(['  v A: as expected', '  x B: shop_api: paused instead of rolled back']);
  });

  test('shows ranges, and how often things came, where seeds differ', () => {
    const mixed: ServiceSummary = {
      ...summary,
      outcomes: [
        { what: 'rolled back', count: 7 },
        { what: 'completed', count: 3 },
      ],
      restless: 3,
      duration: { min: 30e6, median: 40e6, max: 61.25e6, count: 7 },
      mixes: [
        { mix: { 'api:1': 3 }, count: 5 },
        { mix: { 'api:1': 1, 'api:2': 2 }, count: 3 },
        { mix: {}, count: 1 },
        { mix: { 'api:2': 1 }, count: 1 },
      ],
    };
    const unmet = [{ problem: 'shop_api: completed instead of rolled back', seed: 4, count: 3 }];
    const lines = textOf([variant([mixed], { unmet })], 10).split('\n');
    expect(lines).toContain('    outcome              rolled back (7x), completed (3x), never at rest (3x)');
    expect(lines).toContain('    took                 30s .. 1m1.3s');
    expect(lines).toContain('    at the end           3 x api:1 (5x), 1 x api:1 + 2 x api:2 (3x), other ends (2x)');
    expect(lines).toContain('  x shop_api: completed instead of rolled back (3 of 10 seeds, first 4)');
  });

  test('names what is still under way, but not endlessly', () => {
    const underWay = Array.from({ length: 9 }, (_, index) => `shop_api.${index + 1} is pending and wanted running`);
    const lines = textOf([variant([summary], { underWay })]).split('\n');
    expect(lines.slice(-2)).toEqual(['      shop_api.6 is pending and wanted running', '      and 3 more']);
  });

  test('says that nothing runs', () => {
    const lines = textOf([variant([{ ...summary, mixes: [{ mix: {}, count: 1 }] }])]).split('\n');
    expect(lines).toContain('    at the end           nothing runs');
  });
});

test('for programs, what no seed had is null, and times say their unit', () => {
  const result: ScenarioResult = {
    scenario: readScenario('', 'a bad day'),
    variants: [variant([{ ...unchanged, images: { before: undefined, after: 'api:2' } }])],
  };
  expect(JSON.parse(JSON.stringify(evaluationJson([result], [1])))).toMatchObject({
    schema: 1,
    seeds: [1],
    scenarios: [
      {
        name: 'a bad day',
        variants: [
          {
            label: 'A',
            asExpected: true,
            unmet: [],
            underWay: [],
            services: [
              {
                service: 'shop_web',
                wanted: 3,
                images: { before: null, after: 'api:2' },
                outcomes: [{ outcome: 'unchanged', count: 1 }],
                restless: 0,
                durationMicros: null,
                detectionMicros: null,
                lowestRunning: { min: 3, median: 3, max: 3, count: 1 },
              },
            ],
          },
        ],
      },
    ],
  });
});
