/** An evaluation as JSON, for programs. The schema's version rises with every change that could break a reader. */
import type { ScenarioResult } from '../evaluate/index.ts';

export const EVALUATION_SCHEMA = 1;

export function evaluationJson(results: readonly ScenarioResult[], seeds: readonly (number | string)[]): unknown {
  return {
    schema: EVALUATION_SCHEMA,
    seeds,
    scenarios: results.map(({ scenario, variants }) => ({
      name: scenario.name,
      variants: variants.map(({ label, services, unmet, underWay }) => ({
        label,
        asExpected: unmet.length === 0,
        unmet,
        underWay,
        services: services.map(({ mixes, ...summary }) => ({ ...summary, mixes })),
      })),
    })),
  };
}
