import { stackFromCompose } from '../../../src/compose/index.ts';
import { type Rehearsal, readScenario, rehearse, type ServiceResult } from '../../../src/evaluate/index.ts';

/** Compose files, each given as its text. */
function stack(...files: readonly string[]) {
  return stackFromCompose(
    files.map((content, index) => ({ name: `${index}.yml`, content })),
    { namespace: 'shop' },
  );
}

/** `services: {api: {image: "api:1", deploy: ...}}`. */
export function api(image: string, deploy = '{replicas: 3}'): string {
  return `services: {api: {image: "${image}", deploy: ${deploy}}}`;
}

export interface Given {
  readonly from: string;
  readonly to: string;
  /** YAML of a scenario. */
  readonly scenario?: string;
  readonly seed?: number;
}

export function rehearsed({ from, to, scenario = '', seed = 1 }: Given): Rehearsal {
  return rehearse({ from: stack(from), to: stack(to) }, readScenario(scenario, 'scenario.yml'), seed);
}

/** What became of the service, where there is only one. */
export function resultOf(given: Given): ServiceResult {
  return rehearsed(given).services[0]!;
}
