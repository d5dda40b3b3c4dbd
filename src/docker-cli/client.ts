import { isOlder } from '../docker-api/index.ts';
import { formatFloat } from '../go/index.ts';
import type { Daemon, DaemonRequest, DaemonResponse } from './daemon.ts';
import { CommandFailure } from './failure.ts';
import type { Filters } from './flags/types.ts';
import { escapePath, escapeQuery } from './go/url.ts';

/** The newest API version that the client speaks. */
export const CLIENT_API_VERSION = '1.50';
/** What a daemon speaks that does not say. */
const FALLBACK_API_VERSION = '1.24';

/** The daemon refused a call. */
export class DaemonFailure extends CommandFailure {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** What a call answers, or undefined where the daemon does not know what it asks for. */
export function unlessNotFound<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof DaemonFailure && error.status === 404) return undefined;
    throw error;
  }
}

export interface CallOptions {
  /** Encoded with sorted keys. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Speaks the Engine API: versions, queries and errors as the real client has them (moby client/). */
export class EngineClient {
  readonly #daemon: Daemon;
  readonly #env: Readonly<Record<string, string>>;
  #version: string | undefined;

  constructor(daemon: Daemon, env: Readonly<Record<string, string>>) {
    this.#daemon = daemon;
    this.#env = env;
  }

  /** Settles the API version, unless that has been done. */
  connect(): void {
    this.#version ??= this.#negotiate();
  }

  /** The API version in use. */
  get version(): string {
    this.connect();
    return this.#version!;
  }

  /** The older of what both sides speak, unless `DOCKER_API_VERSION` pins one; the daemon is pinged all the same. */
  #negotiate(): string {
    const ping = { path: '/_ping', query: '', headers: {} };
    let answer = this.#daemon.request({ method: 'HEAD', ...ping });
    if (answer.status !== 200 && answer.status !== 500) answer = this.#daemon.request({ method: 'GET', ...ping });
    const pinned = (this.#env.DOCKER_API_VERSION ?? '').replace(/^v/, '');
    if (pinned !== '') return pinned;
    const offered = headerOf(answer, 'Api-Version') ?? FALLBACK_API_VERSION;
    return isOlder(offered, CLIENT_API_VERSION) ? offered : CLIENT_API_VERSION;
  }

  get(path: string, options: CallOptions = {}): unknown {
    return this.#call('GET', path, options);
  }

  post(path: string, options: CallOptions = {}): unknown {
    return this.#call('POST', path, options);
  }

  delete(path: string, options: CallOptions = {}): unknown {
    return this.#call('DELETE', path, options);
  }

  wait(milliseconds: number): void {
    this.#daemon.wait(milliseconds);
  }

  #call(method: DaemonRequest['method'], path: string, options: CallOptions): unknown {
    checkNumbers(options.body);
    const request: DaemonRequest = {
      method,
      path: `/v${this.version}${escapePath(path)}`,
      query: encodeQuery(options.query ?? {}),
      headers: options.headers ?? {},
      ...(options.body === undefined ? {} : { body: options.body }),
    };
    const answer = this.#daemon.request(request);
    if (answer.status >= 400) throw this.#failure(request, answer);
    return answer.body ?? null;
  }

  #failure(request: DaemonRequest, answer: DaemonResponse): DaemonFailure {
    const { status, body } = answer;
    const phrase = `${status} ${STATUS_TEXT[status] ?? ''}`;
    if (body === undefined || body === null || body === '') {
      const url = `${hostOf(this.#env)}${request.path}${request.query === '' ? '' : `?${request.query}`}`;
      return new DaemonFailure(
        `request returned ${phrase} for API route and version ${url}, check if the server supports the requested API version`,
        status,
      );
    }
    if (typeof body === 'string') return new DaemonFailure(`Error response from daemon: ${body.trim()}`, status);
    const { message } = body as { message?: string };
    const text = message?.trim() ?? '';
    if (text === '') {
      return new DaemonFailure(
        `Error response from daemon: API returned a ${status} (${STATUS_TEXT[status] ?? ''}) but provided no error-message`,
        status,
      );
    }
    return new DaemonFailure(`Error response from daemon: ${text}`, status);
  }
}

/** A filter as the daemon reads it, or nothing where there is none. */
export function encodeFilters(filters: Filters): string | undefined {
  const names = Object.keys(filters).sort();
  if (names.length === 0) return undefined;
  const entries = names.map((name) => [
    name,
    Object.fromEntries([...filters[name]!].sort().map((value) => [value, true])),
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** A reference in a path must not be empty: the call would mean the whole list. */
export function checkReference(kind: string, reference: string): string {
  const trimmed = reference.trim();
  if (trimmed === '') throw new CommandFailure(`invalid ${kind} name or ID: value is empty`);
  return trimmed;
}

/** JSON has no infinity. (encoding/json) */
function checkNumbers(body: unknown): void {
  JSON.stringify(body, (_key, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new CommandFailure(`json: unsupported value: ${formatFloat(value)}`);
    }
    return value;
  });
}

function encodeQuery(query: Readonly<Record<string, string | undefined>>): string {
  return Object.keys(query)
    .sort()
    .flatMap((key) => (query[key] === undefined ? [] : [`${escapeQuery(key)}=${escapeQuery(query[key])}`]))
    .join('&');
}

function headerOf(answer: DaemonResponse, name: string): string | undefined {
  const found = Object.keys(answer.headers).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : answer.headers[found];
}

/** The address that one error text shows; it has no other effect. */
function hostOf(env: Readonly<Record<string, string>>): string {
  const host = env.DOCKER_HOST ?? '';
  return host.startsWith('tcp://') ? host.replace('tcp://', 'http://') : 'http://%2Fvar%2Frun%2Fdocker.sock';
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
