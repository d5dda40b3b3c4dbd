/**
 * A stand-in for an engine: answers the client from plain lists, or from recorded answers. It knows as much of the
 * engine as the vectors need, and remembers every request.
 */
import type { Daemon, DaemonRequest, DaemonResponse } from '../../src/docker-cli/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: vectors hold whatever the engine answers
type Json = Record<string, any>;

export interface EndpointState {
  readonly info?: Json;
  readonly services?: readonly Json[];
  readonly tasks?: readonly Json[];
  readonly nodes?: readonly Json[];
  readonly networks?: readonly Json[];
  readonly secrets?: readonly Json[];
  readonly configs?: readonly Json[];
  readonly swarm?: Json;
  readonly unlockkey?: Json;
  /** By image reference. */
  readonly registry?: Readonly<Record<string, unknown>>;
  /** Headers of `/_ping`. */
  readonly ping?: Readonly<Record<string, string>>;
}

/** A forced answer; `path` is a regular expression over the path without the version. */
export interface Override {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
}

const PING = { 'Api-Version': '1.50', 'Docker-Experimental': 'false', Ostype: 'linux', Swarm: 'active/manager' };

export class DockerEndpoint implements Daemon {
  readonly requests: DaemonRequest[] = [];
  readonly #state: EndpointState;
  readonly #overrides: readonly Override[];
  #nowMs: number;

  constructor(state: EndpointState, options: { overrides?: readonly Override[]; nowMs: number }) {
    this.#state = state;
    this.#overrides = options.overrides ?? [];
    this.#nowMs = options.nowMs;
  }

  /** The clock that `wait` moves. */
  get now(): number {
    return this.#nowMs;
  }

  wait(milliseconds: number): void {
    this.#nowMs += milliseconds;
  }

  request(request: DaemonRequest): DaemonResponse {
    this.requests.push(request);
    const path = request.path.replace(/^\/v[\d.]+/, '');
    const forced = this.#overrides.find(
      (override) => override.method === request.method && new RegExp(`^(?:${override.path})$`).test(path),
    );
    const answer = forced ?? this.answer(request.method, path, new URLSearchParams(request.query), request.body);
    const headers = { 'Content-Type': 'application/json', ...PING, ...this.#state.ping };
    return { status: answer.status, headers, ...(answer.body === undefined ? {} : { body: answer.body }) };
  }

  protected answer(method: string, path: string, query: URLSearchParams, body: unknown): Answer {
    const state = this.#state;
    const [, noun = '', ...rest] = path.split('/');
    if (path === '/_ping') return ok(undefined);
    if (path === '/info') return ok(state.info ?? {});
    if (path === '/version') return ok({ Version: '28.2.2', ApiVersion: PING['Api-Version'] });
    if (path === '/swarm') return ok(state.swarm ?? {});
    if (path === '/swarm/unlockkey') return ok(state.unlockkey ?? {});
    if (noun === 'distribution') return this.#distribution(decodeURIComponent(rest.slice(0, -1).join('/')));
    const collection = COLLECTIONS[noun];
    if (!collection) return { status: 404, body: { message: 'page not found' } };
    if (method === 'POST') return this.post(noun, rest, body);
    const items = state[collection] ?? [];
    if (rest[0] === undefined) return ok(items.filter((item) => matches(noun, item, query, state)));
    const found = find(noun, items, decodeURIComponent(rest[0]));
    if (!found) return { status: 404, body: { message: `${noun.slice(0, -1)} ${rest[0]} not found` } };
    return method === 'DELETE' ? { status: noun === 'services' || noun === 'nodes' ? 200 : 204 } : ok(found);
  }

  protected post(noun: string, rest: readonly string[], _body: unknown): Answer {
    if (rest[0] === 'create')
      return { status: 201, body: noun === 'networks' ? { Id: 'new', Warning: '' } : { ID: 'new' } };
    return ok(noun === 'services' ? { Warnings: null } : undefined);
  }

  #distribution(image: string): Answer {
    const known = this.#state.registry?.[image];
    return known === undefined ? { status: 404, body: { message: 'manifest unknown: manifest unknown' } } : ok(known);
  }
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

const COLLECTIONS: Readonly<Record<string, 'services' | 'tasks' | 'nodes' | 'networks' | 'secrets' | 'configs'>> = {
  services: 'services',
  tasks: 'tasks',
  nodes: 'nodes',
  networks: 'networks',
  secrets: 'secrets',
  configs: 'configs',
};

function nameOf(noun: string, item: Json): string {
  if (noun === 'networks') return item.Name;
  return noun === 'nodes' ? item.Description?.Hostname : item.Spec?.Name;
}

function find(noun: string, items: readonly Json[], reference: string): Json | undefined {
  const id = (item: Json): string => item.ID ?? item.Id;
  return (
    items.find((item) => id(item) === reference) ??
    items.find((item) => nameOf(noun, item) === reference) ??
    items.find((item) => id(item).startsWith(reference))
  );
}

/** Values of one filter are alternatives, several filters all count; `id` and `name` are beginnings. */
function matches(noun: string, item: Json, query: URLSearchParams, state: EndpointState): boolean {
  const filters = JSON.parse(query.get('filters') ?? '{}') as Record<string, Record<string, boolean>>;
  return Object.entries(filters).every(([key, values]) =>
    Object.keys(values).some((value) => matchesOne(noun, item, { key, value }, state)),
  );
}

function matchesOne(
  noun: string,
  item: Json,
  { key, value }: { key: string; value: string },
  state: EndpointState,
): boolean {
  switch (key) {
    case 'id':
      return String(item.ID ?? item.Id).startsWith(value);
    case 'name':
      return (noun === 'tasks' ? taskName(item, state) : String(nameOf(noun, item))).startsWith(value);
    case 'label':
      return hasLabel(noun === 'tasks' ? labelsOfTask(item, state) : (item.Spec?.Labels ?? item.Labels ?? {}), value);
    case 'mode':
      return item.Spec.Mode?.[MODES[value] ?? ''] !== undefined;
    case 'node.label':
      return hasLabel(item.Spec.Labels ?? {}, value);
    case 'role':
      return item.Spec.Role === value;
    case 'service':
      return item.ServiceID === value || find('services', state.services ?? [], value)?.ID === item.ServiceID;
    case 'node':
      return item.NodeID === value || find('nodes', state.nodes ?? [], value)?.ID === item.NodeID;
    case 'desired-state':
      return item.DesiredState === value;
    default:
      return true;
  }
}

const MODES: Readonly<Record<string, string>> = {
  global: 'Global',
  replicated: 'Replicated',
  'global-job': 'GlobalJob',
  'replicated-job': 'ReplicatedJob',
};

function labelsOfTask(task: Json, state: EndpointState): Record<string, string> {
  return { ...task.Labels, ...state.services?.find(({ ID }) => ID === task.ServiceID)?.Spec.Labels };
}

function taskName(task: Json, state: EndpointState): string {
  const service = state.services?.find(({ ID }) => ID === task.ServiceID);
  return `${service?.Spec.Name}.${task.Slot ?? task.NodeID}.${task.ID}`;
}

function hasLabel(labels: Record<string, string>, wanted: string): boolean {
  const at = wanted.indexOf('=');
  return at < 0 ? Object.hasOwn(labels, wanted) : labels[wanted.slice(0, at)] === wanted.slice(at + 1);
}

/** Replaces `now-125.3s` and `now+50s`, wherever they stand, by times around `nowMs`. */
export function atTime<T>(value: T, nowMs: number): T {
  const text = JSON.stringify(value).replace(/"now([+-][\d.]+)s"/g, (_, offset: string) => {
    return `"${timestamp(nowMs + Number(offset) * 1000)}"`;
  });
  return JSON.parse(text) as T;
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
