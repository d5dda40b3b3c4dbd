/** How images and containers behave. The engine asks at the moment when it matters, and gets plain data. */
import type { HealthConfig, Task } from '../../api/index.ts';
import type { Instant, Micros } from '../../base/index.ts';
import type { Probe } from './probe.ts';

export type { Probe };

export interface PullRequest {
  /** The reference with its tag, in the short form: `web:latest`. */
  readonly image: string;
  readonly task: Task;
  /** A pull of it has ended well on this node before. */
  readonly isPulled: boolean;
  /** When another pull of it, in progress on this node, will be over. */
  readonly otherPullEnds: Instant | undefined;
  readonly now: Instant;
}

export interface Pull {
  readonly duration: Micros;
  readonly error?: string;
}

export interface Creation {
  readonly duration: Micros;
  readonly error?: string;
}

/** One life of a container's main process. */
export interface Run {
  /** Creating and starting the process takes this long. */
  readonly boot: Micros;
  /** The process cannot be started; known after `boot`. The exit code that the engine notes is 128 unless told. */
  readonly startError?: { readonly text: string; readonly exitCode?: number };
  /** It ends by itself, counted from the end of `boot`. */
  readonly ends?: Ending;
  /** What it does about the stop signal: the ending that follows, counted from the signal, or nothing. */
  readonly onStopSignal: Ending | 'ignores';
  /** From SIGKILL to the end. */
  readonly killDelay: Micros;
  /** What it prints while it runs. Default: nothing. */
  readonly log?: readonly LogLine[];
}

export interface LogLine {
  /** Without a line feed. */
  readonly text: string;
  readonly stream: 'stdout' | 'stderr';
  /** Since the process runs. */
  readonly after: Micros;
  /** From then on it is printed again and again. */
  readonly every?: Micros;
}

export interface Ending {
  readonly after: Micros;
  readonly exitCode: number;
}

export interface ContainerIdentity {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly task: Task;
}

export interface ProbeRequest {
  /** Both counted from 1; the probes anew in each run. */
  readonly run: number;
  readonly probe: number;
  /** Since the process runs. */
  readonly age: Micros;
}

/** What an image brings along for every container of it. */
export interface ImageConfig {
  readonly healthcheck?: HealthConfig;
  readonly stopSignal?: string;
}

export interface Workload {
  /** Whether the node has the image. `isPulled`: a pull of it has ended well there. */
  isPresent(image: string, isPulled: boolean): boolean;
  imageConfig(image: string): ImageConfig;
  pull(request: PullRequest): Pull;
  create(container: ContainerIdentity): Creation;
  /** `run` counts the lives of one container from 1. */
  run(container: ContainerIdentity, run: number): Run;
  probe(container: ContainerIdentity, request: ProbeRequest): Probe;
  /** How long deleting the container takes. */
  remove(container: ContainerIdentity): Micros;
}
