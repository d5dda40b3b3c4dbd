/** The port through which the client speaks to a daemon: the Engine API without HTTP. A simulated swarm stands behind it. */
export interface Daemon {
  /** Answers one call at once, in virtual time. */
  request(request: DaemonRequest): DaemonResponse;
  /** Lets virtual time pass while a command waits for something to happen. */
  wait(milliseconds: number): void;
}

export interface DaemonRequest {
  readonly method: 'HEAD' | 'GET' | 'POST' | 'DELETE';
  /** With the version in front: `/v1.50/services/create`. */
  readonly path: string;
  /** As it stands in a URL, without the question mark; empty if there is none. */
  readonly query: string;
  /** By name as Docker spells it (`X-Registry-Auth`). */
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value. Absent where the call sends nothing. */
  readonly body?: unknown;
}

export interface DaemonResponse {
  readonly status: number;
  /** By name as Docker spells it; matched without regard to case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value; text only where `Content-Type` says that it is not JSON. Absent for an empty answer. */
  readonly body?: unknown;
}
