/** Faults, and images that misbehave in places, name nodes, services and images: each has to be there, or the scenario is mistaken. */
import { DryswarmError } from '../base/index.ts';
import {
  type Fault,
  isNamed,
  isSameImage,
  kindOf,
  NODE_WORDS,
  type ParameterType,
  parametersOf,
} from '../faults/index.ts';
import { imagesOf, type Release } from './release.ts';
import { nodesOf } from './scenario/nodes.ts';
import { placed } from './scenario/places.ts';
import type { Scenario } from './scenario/scenario.ts';

type Path = readonly (string | number)[];

/** A name somewhere in a scenario, and what it is the name of. */
interface Named {
  readonly what: 'node' | 'service' | 'image';
  readonly name: string;
  readonly by: string;
  readonly path: Path;
}

/**
 * @throws DryswarmError (`unknown-node`, `unknown-service`, `unknown-image`), with its place where the scenario was read from a
 *   file; optional faults may name what they like.
 */
export function requireTargets(scenario: Scenario, release: Release): void {
  const services = [...new Set([release.from, release.to].flatMap((stack) => stack.services.map(({ name }) => name)))];
  const known = {
    node: nodesOf(scenario.cluster).map(({ name }) => name),
    service: services,
    image: imagesOf(release),
  };
  for (const { what, name, by, path } of namesIn(scenario)) {
    if (known[what].some((one) => IS_IT[what](one, name))) continue;
    const hint = `there are: ${known[what].join(', ')}`;
    throw placed(new DryswarmError(`unknown-${what}`, `${by}: there is no ${what} ${name}`, hint), scenario, path);
  }
}

const IS_IT: Readonly<Record<Named['what'], (known: string, wanted: string) => boolean>> = {
  node: (known, wanted) => known === wanted,
  service: isNamed,
  image: isSameImage,
};

function namesIn({ faults, images }: Scenario): Named[] {
  return [
    ...faults.flatMap((fault, index) => (fault.optional ? [] : namesInFault(fault, ['faults', index]))),
    ...Object.entries(images).flatMap(([image, behaviours]) => nodesInImage(behaviours, image, ['images', image])),
  ];
}

function namesInFault(fault: Fault, path: Path): Named[] {
  const words: readonly string[] = NODE_WORDS;
  const said = fault as unknown as Readonly<Record<string, unknown>>;
  return Object.entries(parametersOf(kindOf(fault.kind))).flatMap(([key, { type }]) => {
    const what = WHAT[type];
    if (what === undefined || said[key] === undefined) return [];
    const names = [said[key]].flat(2) as string[];
    return names
      .filter((name) => type !== 'node' || !words.includes(name))
      .map((name) => ({ what, name, by: fault.kind, path: [...path, key] }));
  });
}

/** What parameters of a type name. */
const WHAT: { readonly [T in ParameterType]?: Named['what'] } = {
  node: 'node',
  nodes: 'node',
  groups: 'node',
  service: 'service',
  image: 'image',
};

/** Wherever a behaviour says on which nodes it is seen. */
function nodesInImage(part: unknown, image: string, path: Path): Named[] {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'nodes' && Array.isArray(value)
      ? value.map((name: string, index) => ({ what: 'node', name, by: image, path: [...path, key, index] }) as const)
      : nodesInImage(value, image, [...path, key]),
  );
}
