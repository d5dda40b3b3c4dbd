import { deepEqual } from '../../src/base/index.ts';
import type { Daemon, DaemonRequest, DaemonResponse } from '../../src/docker-cli/index.ts';

/** A request with the answer that it once got. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly response?: unknown;
}

const PING = { 'Api-Version': '1.50', 'Docker-Experimental': 'false', Ostype: 'linux', Swarm: 'active/manager' };

/**
 * Answers as a real endpoint did: each request gets the answer of the first unused record with the same address, one
 * with the same body first. A request that was never recorded is not found.
 */
export class RecordedEndpoint implements Daemon {
  readonly requests: DaemonRequest[] = [];
  readonly #records: RecordedRequest[];
  readonly #ping: Readonly<Record<string, string>>;
  #nowMs: number;

  constructor(
    records: readonly RecordedRequest[],
    options: { ping?: Readonly<Record<string, string>>; nowMs: number },
  ) {
    this.#records = [...records];
    this.#ping = options.ping ?? PING;
    this.#nowMs = options.nowMs;
  }

  get now(): number {
    return this.#nowMs;
  }

  wait(milliseconds: number): void {
    this.#nowMs += milliseconds;
  }

  request(request: DaemonRequest): DaemonResponse {
    this.requests.push(request);
    const headers = { 'Content-Type': 'application/json', ...this.#ping };
    const same = this.#records.filter(
      ({ method, path, query }) =>
        method === request.method && path === request.path && (query ?? '') === request.query,
    );
    const record = same.find(({ body }) => deepEqual(body ?? null, request.body ?? null)) ?? same[0];
    if (!record) return { status: 404, headers, body: { message: 'page not found' } };
    this.#records.splice(this.#records.indexOf(record), 1);
    return { status: record.status, headers, ...(record.response === undefined ? {} : { body: record.response }) };
  }
}
