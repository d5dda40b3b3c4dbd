/** What a user believes of a swarm, beside the swarm: commands change both, and compare them when it is at rest. */
import fc from 'fast-check';
import { TaskState } from '../api/index.ts';
import { compareText, DryswarmError } from '../base/index.ts';
import type { Swarm } from '../swarm/index.ts';
import { literal } from './code.ts';

export interface SwarmModel {
  /** By name. */
  readonly services: Map<string, { image: string; replicas: number }>;
  /** Names of nodes that were drained. */
  readonly drained: Set<string>;
}

/** A command as fast-check runs it: on the model and on the swarm. Its text is the code that does the same. */
export type SwarmCommand = fc.Command<SwarmModel, Swarm>;

export interface SwarmCommandOptions {
  /** Names of services that come and go. Default `a`, `b`. */
  readonly services?: readonly string[];
  /** Names of nodes that are drained and activated. Default `w1`. */
  readonly nodes?: readonly string[];
  /** Default 4. */
  readonly maxReplicas?: number;
}

export function emptyModel(): SwarmModel {
  return { services: new Map(), drained: new Set() };
}

/**
 * Commands of a user's day: services come, grow, are released and go, nodes are drained and come back, and `rest` waits
 * and compares. Use them as they are or among commands of your own.
 *
 * @example
 * fc.assert(
 *   fc.property(fc.commands(swarmCommands()), (commands) => {
 *     const swarm = createSwarm({ managers: 1, workers: 2 });
 *     swarm.runUntilSettled();
 *     fc.modelRun(() => ({ model: emptyModel(), real: swarm }), commands);
 *   }),
 * );
 */
export function swarmCommands(options: SwarmCommandOptions = {}): fc.Arbitrary<SwarmCommand>[] {
  const { services = ['a', 'b'], nodes = ['w1'], maxReplicas = 4 } = options;
  const name = fc.constantFrom(...services);
  const replicas = fc.nat(maxReplicas);
  return [
    fc.tuple(name, replicas).map(([service, count]) => create(service, count)),
    fc.tuple(name, replicas).map(([service, count]) => scale(service, count)),
    fc.tuple(name, fc.constantFrom('app:v1', 'app:v2')).map(([service, image]) => release(service, image)),
    name.map(remove),
    ...(nodes.length === 0 ? [] : [fc.constantFrom(...nodes).map(drain), fc.constantFrom(...nodes).map(activate)]),
    fc.constant(rest()),
  ];
}

interface CommandParts {
  readonly code: string;
  readonly check?: (model: Readonly<SwarmModel>) => boolean;
  readonly run: (model: SwarmModel, real: Swarm) => void;
}

function command({ code, check = () => true, run }: CommandParts): SwarmCommand {
  return { check, run, toString: () => code };
}

function create(name: string, replicas: number): SwarmCommand {
  const definition = { name, image: 'app:v1', replicas };
  return command({
    code: `swarm.services.create(${literal(definition)});`,
    check: ({ services }) => !services.has(name),
    run({ services }, swarm) {
      swarm.services.create(definition);
      services.set(name, { image: definition.image, replicas });
    },
  });
}

function scale(name: string, replicas: number): SwarmCommand {
  return command({
    code: `swarm.service(${literal(name)}).scale(${replicas});`,
    check: ({ services }) => services.has(name),
    run({ services }, swarm) {
      swarm.service(name).scale(replicas);
      services.get(name)!.replicas = replicas;
    },
  });
}

function release(name: string, image: string): SwarmCommand {
  return command({
    code: `swarm.service(${literal(name)}).update((spec) => { spec.image = ${literal(image)}; });`,
    check: ({ services }) => services.has(name),
    run({ services }, swarm) {
      swarm.service(name).update((spec) => {
        spec.image = image;
      });
      services.get(name)!.image = image;
    },
  });
}

function remove(name: string): SwarmCommand {
  return command({
    code: `swarm.service(${literal(name)}).remove();`,
    check: ({ services }) => services.has(name),
    run({ services }, swarm) {
      swarm.service(name).remove();
      services.delete(name);
    },
  });
}

function drain(node: string): SwarmCommand {
  return command({
    code: `swarm.node(${literal(node)}).drain();`,
    run({ drained }, swarm) {
      swarm.node(node).drain();
      drained.add(node);
    },
  });
}

function activate(node: string): SwarmCommand {
  return command({
    code: `swarm.node(${literal(node)}).activate();`,
    run({ drained }, swarm) {
      swarm.node(node).activate();
      drained.delete(node);
    },
  });
}

function rest(): SwarmCommand {
  return command({
    code: 'swarm.runUntilSettled();',
    run(model, swarm) {
      swarm.runUntilSettled();
      const differences = compare(model, swarm);
      if (differences.length > 0) throw new DryswarmError('model-differs', differences.join('\n'));
    },
  });
}

/** Where the swarm at rest is not as it was asked to be, in words. */
function compare({ services, drained }: SwarmModel, swarm: Swarm): string[] {
  const real = new Map(swarm.services.all().map((service) => [service.name, service]));
  const names = [...new Set([...services.keys(), ...real.keys()])].sort(compareText);
  const ofServices = names.flatMap((name) => {
    const wanted = services.get(name);
    const service = real.get(name);
    if (!wanted || !service) return [`service ${name} ${wanted ? 'is not there' : 'should not be there'}`];
    const running =
      service.running === wanted.replicas ? [] : [`${name}: ${service.running} of ${wanted.replicas} run`];
    return service.image === wanted.image ? running : [...running, `${name} has ${service.image}, not ${wanted.image}`];
  });
  const ofNodes = [...drained].flatMap((node) => {
    const left = swarm
      .node(node)
      .tasks()
      .filter(({ status }) => status.state === TaskState.RUNNING);
    return left.length === 0 ? [] : [`${left.length} tasks run on ${node}, which was drained`];
  });
  return [...ofServices, ...ofNodes];
}
