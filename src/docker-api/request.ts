/** One call of the Engine API: HTTP without the wire. */
export interface EngineRequest {
  /** `HEAD`, `GET`, `POST` or `DELETE`. */
  readonly method: string;
  /** With or without a version in front: `/v1.50/services/create`, `/services/create`. Parts may be percent-encoded. */
  readonly path: string;
  /** As it stands in a URL, without the question mark. Default: empty. */
  readonly query?: string;
  /** Names in any case. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON value. */
  readonly body?: unknown;
}

export interface EngineResponse {
  readonly status: number;
  /** By name as Docker spells it. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * A JSON value; text where `Content-Type` is `text/plain`; an array of {@link LogFrame} for a stream of logs. Absent
   * where the answer is empty.
   */
  readonly body?: unknown;
}

/** One frame of the engine's multiplexed log stream. */
export interface LogFrame {
  /** `systemerr` is the engine's own word on what is wrong with the stream, and the last frame. */
  readonly stream: 'stdout' | 'stderr' | 'systemerr';
  /** A line with its line feed, after the time and the details that were asked for. */
  readonly text: string;
}
