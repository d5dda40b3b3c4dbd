import { type Answer, DockerEndpoint, type EndpointState, type Override } from './docker-endpoint.ts';

// biome-ignore lint/suspicious/noExplicitAny: vectors hold whatever the engine answers
type Json = Record<string, any>;

/** A service that changes from poll to poll. */
export interface EndpointScript {
  readonly service: Json;
  readonly steps: readonly {
    /** How many polls the step lasts; the last step lasts for ever. */
    readonly polls: number;
    /** Replaces keys of the service. */
    readonly service?: Json;
    readonly tasks?: readonly Json[];
    /** Default: those of the state. */
    readonly nodes?: readonly Json[];
  }[];
}

/** Follows a script from the request on that creates or changes the service; one poll begins with reading the service. */
export class ScriptedEndpoint extends DockerEndpoint {
  readonly #script: EndpointScript;
  /** 0 before the service is created or changed and read again. */
  #poll = 0;
  #isChanged = false;

  constructor(
    state: EndpointState,
    script: EndpointScript,
    options: { overrides?: readonly Override[]; nowMs: number },
  ) {
    super(state, options);
    this.#script = script;
  }

  protected override answer(method: string, path: string, query: URLSearchParams, body: unknown): Answer {
    const isService = /^\/services\/[^/]+$/.test(path);
    if (method === 'GET' && isService) {
      if (this.#isChanged) this.#poll += 1;
      return { status: 200, body: { ...this.#script.service, ...this.#step?.service } };
    }
    if (method === 'GET' && path === '/tasks' && this.#step) return { status: 200, body: this.#step.tasks ?? [] };
    if (method === 'GET' && path === '/nodes' && this.#step?.nodes) return { status: 200, body: this.#step.nodes };
    return super.answer(method, path, query, body);
  }

  protected override post(noun: string, rest: readonly string[], body: unknown): Answer {
    if (noun !== 'services') return super.post(noun, rest, body);
    this.#isChanged = true;
    return rest[0] === 'create'
      ? { status: 201, body: { ID: this.#script.service.ID } }
      : { status: 200, body: { Warnings: null } };
  }

  get #step(): EndpointScript['steps'][number] | undefined {
    if (this.#poll === 0) return undefined;
    let last = 0;
    for (const step of this.#script.steps) {
      last += step.polls;
      if (this.#poll <= last) return step;
    }
    return this.#script.steps.at(-1);
  }
}
