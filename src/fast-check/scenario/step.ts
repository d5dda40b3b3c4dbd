/** What is done to a swarm and its service, as data; how it is done, and how a person would write it. */
import { unreachable } from '../../base/index.ts';
import type { ServiceHandle, Swarm } from '../../swarm/index.ts';
import { literal } from '../code.ts';

export type Step =
  | { readonly do: 'wait'; readonly for: string }
  | { readonly do: 'release'; readonly image: string }
  | { readonly do: 'scale'; readonly replicas: number }
  | { readonly do: 'force-update' }
  /** Back to the previous specification, by hand. It is refused where there is none. */
  | { readonly do: 'rollback' }
  | { readonly do: 'drain' | 'pause' | 'activate'; readonly node: string }
  /** Without `for` it is for ever. */
  | { readonly do: 'node-crash' | 'node-freeze' | 'node-disconnect'; readonly node: string; readonly for?: string }
  | { readonly do: 'leader-crash'; readonly for?: string }
  /** The container of the newest task of a slot ends by itself. */
  | { readonly do: 'container-crash'; readonly slot: number };

/** @throws ApiError where the swarm refuses it. */
export function perform(step: Step, swarm: Swarm, service: ServiceHandle): void {
  switch (step.do) {
    case 'wait':
      return;
    case 'release':
      service.update((spec) => {
        spec.image = step.image;
      });
      return;
    case 'scale':
      service.scale(step.replicas);
      return;
    case 'force-update':
      service.forceUpdate();
      return;
    case 'rollback':
      service.rollback();
      return;
    case 'drain':
    case 'pause':
    case 'activate':
      swarm.node(step.node)[step.do]();
      return;
    case 'node-crash':
      swarm.node(step.node).crash();
      if (step.for !== undefined) swarm.schedule({ action: 'boot', node: step.node }, { after: step.for });
      return;
    case 'node-freeze':
      swarm.node(step.node).freeze();
      if (step.for !== undefined) swarm.schedule({ action: 'thaw', node: step.node }, { after: step.for });
      return;
    case 'node-disconnect':
      swarm.node(step.node).disconnect();
      if (step.for !== undefined) swarm.schedule({ action: 'reconnect', node: step.node }, { after: step.for });
      return;
    case 'leader-crash': {
      const { leader } = swarm;
      if (leader && step.for !== undefined) swarm.schedule({ action: 'boot', node: leader.name }, { after: step.for });
      leader?.crash();
      return;
    }
    case 'container-crash': {
      const [task] = service
        .tasks()
        .filter(({ slot }) => slot === step.slot)
        .slice(-1);
      if (task) swarm.exit(task);
      return;
    }
    default:
      unreachable(step);
  }
}

/** The statement that does the same. */
export function codeOf(step: Step, service: string): string {
  switch (step.do) {
    case 'wait':
      return `swarm.run({ for: ${literal(step.for)} });`;
    case 'release':
      return `${service}.update((spec) => { spec.image = ${literal(step.image)}; });`;
    case 'scale':
      return `${service}.scale(${step.replicas});`;
    case 'force-update':
      return `${service}.forceUpdate();`;
    case 'rollback':
      return `${service}.rollback();`;
    case 'drain':
    case 'pause':
    case 'activate':
      return `swarm.node(${literal(step.node)}).${step.do}();`;
    case 'node-crash':
      return `swarm.node(${literal(step.node)}).crash();${later('boot', literal(step.node), step.for)}`;
    case 'node-freeze':
      return `swarm.node(${literal(step.node)}).freeze();${later('thaw', literal(step.node), step.for)}`;
    case 'node-disconnect':
      return `swarm.node(${literal(step.node)}).disconnect();${later('reconnect', literal(step.node), step.for)}`;
    case 'leader-crash':
      return step.for === undefined
        ? 'swarm.leader?.crash();'
        : `if (swarm.leader) {${later('boot', 'swarm.leader.name', step.for)} swarm.leader.crash(); }`;
    case 'container-crash':
      return `${service}.tasks().filter(({ slot }) => slot === ${step.slot}).slice(-1).forEach((task) => swarm.exit(task));`;
    default:
      return unreachable(step);
  }
}

function later(action: string, node: string, after: string | undefined): string {
  return after === undefined
    ? ''
    : ` swarm.schedule({ action: '${action}', node: ${node} }, { after: ${literal(after)} });`;
}

/** Steps that ask the managers for something. */
export function isRequest(step: Step): boolean {
  return ['release', 'scale', 'force-update', 'rollback', 'drain', 'pause', 'activate'].includes(step.do);
}
