/** An evaluation as JSON, for programs. The schema's version rises with every change that could break a reader. */
import type { ScenarioResult, ServiceSummary } from '../evaluate/index.ts';

export const EVALUATION_SCHEMA = 1;

/** Times are whole microseconds and say so; what no seed had is null. */
export function evaluationJson(results: readonly ScenarioResult[], seeds: readonly (number | string)[]): unknown {
  return {
    schema: EVALUATION_SCHEMA,
    seeds,
    scenarios: results.map(({ scenario, variants }) => ({
      name: scenario.name,
      variants: variants.map(({ label, services, faults, unmet, underWay }) => ({
        label,
        asExpected: unmet.length === 0,
        unmet,
        underWay,
        faults,
        services: services.map(serviceJson),
      })),
    })),
  };
}

function serviceJson(summary: ServiceSummary): unknown {
  const { service, wanted, images, outcomes, restless, exposure, failures, mixes } = summary;
  return {
    service,
    wanted,
    images: { before: images.before ?? null, after: images.after },
    outcomes: outcomes.map(({ what, count }) => ({ outcome: what, count })),
    restless,
    durationMicros: summary.duration ?? null,
    detectionMicros: summary.detection ?? null,
    lowestRunning: summary.lowestRunning ?? null,
    exposure,
    failures,
    mixes,
  };
}
