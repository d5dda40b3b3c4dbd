import { type EngineRequest, type EngineResponse, engine } from '../../../src/docker-api/index.ts';
import { createSwarm, type Swarm, type SwarmOptions } from '../../../src/swarm/index.ts';

/** A swarm at rest, and calls to one of its engines. */
export class Session {
  readonly swarm: Swarm;
  readonly #on: string | undefined;

  constructor(options: SwarmOptions = {}, on?: string) {
    this.swarm = createSwarm({ managers: 1, workers: 2, ...options });
    this.swarm.runUntilSettled();
    this.#on = on;
  }

  /** `call('GET', '/services?status=true')`, at the newest version unless the path has one. */
  call(method: string, address: string, more: Pick<EngineRequest, 'body' | 'headers'> = {}): EngineResponse {
    const [path = '', query = ''] = address.split('?', 2);
    const api = engine(this.swarm, this.#on === undefined ? {} : { on: this.#on });
    return api.handle({ method, path: /^\/v\d/.test(path) ? path : `/v1.50${path}`, query, ...more });
  }

  /** The body of an answer, whatever its status. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON
  body(method: string, address: string, more: Pick<EngineRequest, 'body' | 'headers'> = {}): any {
    return this.call(method, address, more).body;
  }

  /** A refusal as `status message`. */
  refusal(method: string, address: string, more: Pick<EngineRequest, 'body' | 'headers'> = {}): string {
    const { status, body } = this.call(method, address, more);
    return `${status} ${(body as { message?: string } | undefined)?.message}`;
  }

  /** Creates a service and lets it come to rest; returns its id. */
  create(name: string, spec: Record<string, unknown> = {}): string {
    const id: string = this.body('POST', '/services/create', { body: serviceBody(name, spec) }).ID;
    this.swarm.runUntilSettled();
    return id;
  }

  filtered(path: string, filters: unknown): string {
    return `${path}?filters=${encodeURIComponent(JSON.stringify(filters))}`;
  }
}

/** What a client sends for a service; `image` by its name. */
export function serviceBody(name: string, spec: Record<string, unknown> = {}): Record<string, unknown> {
  return { Name: name, TaskTemplate: { ContainerSpec: { Image: `${name || 'web'}:v1` } }, ...spec };
}
