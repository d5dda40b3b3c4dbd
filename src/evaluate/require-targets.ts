/** Faults name nodes, services and images: each has to be there, or the scenario is mistaken. */
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
import type { Swarm } from '../swarm/index.ts';
import { imagesOf, type Release } from './release.ts';

/** @throws DryswarmError (`unknown-node`, `unknown-service`, `unknown-image`); optional faults may name what they like. */
export function requireTargets(faults: readonly Fault[], swarm: Swarm, release: Release): void {
  const nodes = swarm.nodes().map(({ id }) => id);
  const services = [...new Set([release.from, release.to].flatMap((stack) => stack.services.map(({ name }) => name)))];
  const images = imagesOf(release);
  for (const fault of faults) {
    if (fault.optional) continue;
    require('node', nodesIn(fault), nodes, (name, wanted) => name === wanted);
    require('service', textsIn(fault, 'service'), services, isNamed);
    require('image', textsIn(fault, 'image'), images, isSameImage);

    function require(
      what: string,
      wanted: readonly string[],
      known: readonly string[],
      isIt: (known: string, wanted: string) => boolean,
    ): void {
      for (const name of wanted) {
        if (known.some((one) => isIt(one, name))) continue;
        throw new DryswarmError(
          `unknown-${what}`,
          `${fault.kind}: there is no ${what} ${name}`,
          `there are: ${known.join(', ')}`,
        );
      }
    }
  }
}

function nodesIn(fault: Fault): readonly string[] {
  const words: readonly string[] = NODE_WORDS;
  const single = textsIn(fault, 'node').filter((name) => !words.includes(name));
  const listed = valuesIn(fault, 'nodes') as readonly (readonly string[])[];
  const grouped = valuesIn(fault, 'groups') as readonly (readonly (readonly string[])[])[];
  return [...single, ...listed.flat(), ...grouped.flat(2)];
}

function textsIn(fault: Fault, type: ParameterType): readonly string[] {
  return valuesIn(fault, type) as readonly string[];
}

/** What a fault says for its parameters of one type. */
function valuesIn(fault: Fault, type: ParameterType): readonly unknown[] {
  const said = fault as Readonly<Record<string, unknown>>;
  return Object.entries(parametersOf(kindOf(fault.kind))).flatMap(([name, parameter]) =>
    parameter.type === type && said[name] !== undefined ? [said[name]] : [],
  );
}
