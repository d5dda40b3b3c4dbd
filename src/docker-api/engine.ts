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
  /** The node whose engine is asked, by id or name. Default: the leader. */
  readonly on?: string;
}

/** The engine of one node, as a client at its socket finds it. It keeps nothing: what it answers stands in the swarm. */
export interface Engine {
  /** The node that it runs on. */
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
 * @throws ApiError (NotFound) for a node that the swarm does not have.
 */
export function engine(swarm: Swarm, { on, ...epoch }: EngineOptions = {}): Engine {
  const nodeId = on === undefined ? defaultNode(swarm) : swarm.node(on).id;
  const node = () => swarm.nodes().find(({ id }) => id === nodeId);
  const isUp = () => node()?.isUp ?? true;
  const checkItAnswers = () => {
    if (!isUp()) throw new DryswarmError('engine-down', `the engine of ${nodeId} is off`, 'boot the node first');
    if (node()?.isFrozen)
      throw new DryswarmError('engine-frozen', `the engine of ${nodeId} stands still`, 'thaw the node first');
  };
  return {
    nodeId,
    get isUp() {
      return isUp();
    },
    handle(request) {
      checkItAnswers();
      try {
        return respond(request, answer(request, { swarm, nodeId, epoch }));
      } catch (error) {
        // It may have gone down while the caller waited.
        checkItAnswers();
        return refuse(request, refusalOf(error));
      }
    },
  };
}

/** The leader; without one any manager, which will say so. */
function defaultNode(swarm: Swarm): string {
  const managers = swarm.managers();
  const isAwake = (node: NodeHandle | undefined) => node?.isUp && !node.isFrozen;
  return ([swarm.leader, ...managers].find(isAwake) ?? managers[0] ?? swarm.nodes()[0]!).id;
}

function answer(request: EngineRequest, base: Pick<Call, 'swarm' | 'nodeId' | 'epoch'>): Answer {
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
