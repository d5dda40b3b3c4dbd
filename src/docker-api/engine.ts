import type { EpochOption } from '../api/index.ts';
import { DryswarmError } from '../base/index.ts';
import { ENGINE_VERSION, type NodeHandle, type Swarm } from '../swarm/index.ts';
import type { Answer, Call } from './call.ts';
import { invalid, notFound, type Refusal, refusalOf } from './refusal.ts';
import type { EngineRequest, EngineResponse } from './request.ts';
import { paramsOf, type Route } from './route.ts';
import { routes } from './routes.ts';
import { API_VERSION, checkVersion, isOlder } from './version.ts';

export interface EngineOptions extends EpochOption {
  /** The machine whose engine is asked, by its name or by a node that it is. Default: the leader's. */
  readonly on?: string;
}

/** The engine of one node, as a client at its socket finds it. It keeps nothing: what it answers stands in the swarm. */
export interface Engine {
  /** The node that its machine is now; of a machine in no swarm, the machine's name. */
  readonly nodeId: string;
  /** Whether the machine is switched on; off, nobody answers. */
  readonly isUp: boolean;
  /**
   * Answers one call at once; virtual time passes only while a write is being agreed upon. A refusal is an answer, too.
   *
   * @throws DryswarmError (`engine-down`) while the machine is off, (`engine-frozen`) while it stands still.
   */
  handle(request: EngineRequest): EngineResponse;
}

/**
 * The Engine API over a simulated swarm: data in, data out, no HTTP.
 *
 * @example
 * const swarm = createSwarm({ workers: 2 });
 * engine(swarm).handle({ method: 'GET', path: '/v1.50/nodes' }).body;
 *
 * @throws ApiError (NotFound) for a machine that there is not.
 */
export function engine(swarm: Swarm, { on, ...epoch }: EngineOptions = {}): Engine {
  const machine = machineOf(swarm, on ?? defaultNode(swarm));
  const nodeId = () => swarm.nodeAt(machine)?.id ?? machine;
  const isUp = () => swarm.nodeAt(machine)?.isUp ?? true;
  const checkIsUp = () => {
    if (!isUp()) throw new DryswarmError('engine-down', `the engine of ${machine} is off`, 'boot the node first');
  };
  return {
    get nodeId() {
      return nodeId();
    },
    get isUp() {
      return isUp();
    },
    handle(request) {
      checkIsUp();
      try {
        return respond(request, answer(request, { swarm, machine, nodeId: nodeId(), epoch }));
      } catch (error) {
        // It may have gone down while the caller waited.
        checkIsUp();
        return refuse(request, refusalOf(error));
      }
    },
  };
}

/** The machine of that name, or the one that a node is or was. */
function machineOf(swarm: Swarm, reference: string): string {
  return swarm.machines().includes(reference) ? reference : swarm.node(reference).machine;
}

/** The leader; without one any manager, which will say so. */
function defaultNode(swarm: Swarm): string {
  const managers = swarm.managers();
  const isAwake = (node: NodeHandle | undefined) => node?.isUp && !node.isFrozen;
  return ([swarm.leader, ...managers].find(isAwake) ?? managers[0] ?? swarm.nodes()[0]!).id;
}

function answer(request: EngineRequest, base: Pick<Call, 'swarm' | 'machine' | 'nodeId' | 'epoch'>): Answer {
  const [, version = API_VERSION, path = request.path] = /^\/v([\d.]+)(\/.*)$/.exec(request.path) ?? [];
  const { route, params } = findRoute(request.method, path);
  checkVersion(version);
  if (route.since !== undefined && isOlder(version, route.since)) {
    const pattern = route.path.replace('...', ':.*');
    throw invalid(`${route.method} ${pattern} requires minimum API version ${route.since}`);
  }
  return route.handle({
    ...base,
    apiVersion: version,
    params,
    query: new URLSearchParams(request.query ?? ''),
    headers: lowerCased(request.headers ?? {}),
    body: request.body,
  });
}

function findRoute(method: string, path: string): { route: Route; params: Readonly<Record<string, string>> } {
  for (const route of routes) {
    const params = route.method === method ? paramsOf(route, path) : undefined;
    if (params) return { route, params };
  }
  throw notFound('page not found');
}

function respond({ method }: EngineRequest, { status = 200, headers, body }: Answer): EngineResponse {
  const hasBody = body !== undefined && method !== 'HEAD';
  return {
    status,
    headers: { ...COMMON, ...(hasBody && JSON_CONTENT), ...headers },
    ...(hasBody && { body }),
  };
}

function refuse({ method }: EngineRequest, { status, message }: Refusal): EngineResponse {
  const hasBody = method !== 'HEAD';
  return { status, headers: { ...COMMON, ...(hasBody && JSON_CONTENT) }, ...(hasBody && { body: { message } }) };
}

const COMMON = {
  'Api-Version': API_VERSION,
  'Docker-Experimental': 'false',
  Ostype: 'linux',
  Server: `Docker/${ENGINE_VERSION} (linux)`,
};

const JSON_CONTENT = { 'Content-Type': 'application/json' };

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
