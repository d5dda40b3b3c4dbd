import type { GenericResource } from '../../../api/index.ts';
import { hasEnough } from '../generic-resources.ts';
import { type NodeInfo, reservationsOf } from '../node-info.ts';
import { countNodes, type Filter } from './filter.ts';

interface Reserved {
  readonly nanoCpus: number;
  readonly memoryBytes: number;
  readonly generic: readonly GenericResource[];
}

/** The node has what the task reserves (ResourceFilter). Limits never count. */
export const resources: Filter<Reserved> = {
  name: 'resources',
  looksAtBookings: true,
  inputOf({ spec }) {
    const { nanoCpus, memoryBytes, generic = [] } = reservationsOf(spec);
    return nanoCpus === 0 && memoryBytes === 0 && generic.length === 0 ? undefined : { nanoCpus, memoryBytes, generic };
  },
  check:
    ({ nanoCpus, memoryBytes, generic }) =>
    (info) =>
      nanoCpus <= info.nanoCpus &&
      memoryBytes <= info.memoryBytes &&
      generic.every((wanted) => hasEnough(info.generic, wanted)),
  explain: (nodes) => `insufficient resources on ${countNodes(nodes)}`,
  refusal: (reserved, info) => `not enough left: ${shortages(reserved, info).join(', ')}`,
};

function shortages({ nanoCpus, memoryBytes, generic }: Reserved, info: NodeInfo): string[] {
  const texts: string[] = [];
  if (nanoCpus > info.nanoCpus) texts.push(`${nanoCpus / 1e9} CPUs reserved, ${info.nanoCpus / 1e9} free`);
  if (memoryBytes > info.memoryBytes) texts.push(`${memoryBytes} bytes of memory reserved, ${info.memoryBytes} free`);
  for (const wanted of generic) if (!hasEnough(info.generic, wanted)) texts.push(`too few of ${wanted.kind}`);
  return texts;
}
