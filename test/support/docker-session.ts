import { type DockerOptions, type DockerResult, docker } from '../../src/docker-cli/index.ts';
import { DockerEndpoint, type EndpointState, type Override } from './docker-endpoint.ts';

const NOON = Date.UTC(2024, 2, 1, 12);

/** A client at a made-up engine: types command lines, and keeps what was asked of the engine. */
export class DockerSession {
  readonly endpoint: DockerEndpoint;

  constructor(state: EndpointState = {}, overrides: readonly Override[] = []) {
    this.endpoint = new DockerEndpoint({ info: INFO, ...state }, { nowMs: NOON, overrides });
  }

  type(commandLine: string, options: Partial<DockerOptions> = {}): DockerResult {
    return docker(this.endpoint, commandLine, { now: () => this.endpoint.now, ...options });
  }

  /** The requests as `METHOD path?query`. */
  get calls(): string[] {
    return this.endpoint.requests.map(({ method, path, query }) => `${method} ${path}${query ? `?${query}` : ''}`);
  }

  /** The body of the last request that had one. */
  get lastBody(): unknown {
    return [...this.endpoint.requests].reverse().find(({ body }) => body !== undefined)?.body;
  }
}

const INFO = { Swarm: { NodeID: 'node1', LocalNodeState: 'active', ControlAvailable: true, Error: '' } };

/** A service as the engine answers it, with defaults for whatever a test does not care about. */
export function engineService(name: string, spec: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ID: `id-of-${name}`.padEnd(25, '0'),
    Version: { Index: 7 },
    CreatedAt: '2024-03-01T10:00:00Z',
    UpdatedAt: '2024-03-01T10:00:00Z',
    Spec: {
      Name: name,
      Labels: {},
      TaskTemplate: { ContainerSpec: { Image: `${name}:1` }, Placement: {}, ForceUpdate: 0 },
      Mode: { Replicated: { Replicas: 2 } },
      ...spec,
    },
    Endpoint: {},
    ServiceStatus: { RunningTasks: 2, DesiredTasks: 2, CompletedTasks: 0 },
  };
}
