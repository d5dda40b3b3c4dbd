import { compareText } from '../../base/index.ts';
import type { Stack } from '../../compose/index.ts';
import type { Seed } from '../../sim/index.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { assumedCluster } from './cluster.ts';
import { Subject } from './subject.ts';

/** The services of a stack as `check` looks at them, by name. */
export function subjectsOf(
  stack: Stack,
  { scenario, seed = 1 }: { readonly scenario?: Scenario; readonly seed?: Seed },
): Subject[] {
  const isAssumed = Object.keys(scenario?.cluster ?? {}).length === 0;
  const cluster = isAssumed ? assumedCluster(stack.services) : scenario!.cluster;
  const images = scenario?.images ?? {};
  // A stack lists its services in the order of these names.
  const names = Object.keys(stack.config.services).sort(compareText);
  return names.map((name, index) => {
    const { name: service } = stack.services[index]!;
    return new Subject(name, { stack, service, cluster, isAssumed, images, seed });
  });
}
