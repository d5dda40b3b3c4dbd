/** A service under examination: its specification, where it was written, and every rollout that is asked for. */
import {
  DEFAULT_RESTART_POLICY,
  DEFAULT_UPDATE_CONFIG,
  DEFAULT_UPDATE_MONITOR,
  durationOf,
  type RestartPolicy,
  type ServiceMode,
  type ServiceSpec,
  type UpdateConfig,
} from '../../api/index.ts';
import { type Nanoseconds, nanosOf, seconds } from '../../base/index.ts';
import type { Position, ServiceConfig } from '../../compose/index.ts';
import type { Seed } from '../../sim/index.ts';
import type { Rollout, Stage } from './rollout.ts';
import { playRollout } from './rollout.ts';
import type { RolloutCase } from './rollout-case.ts';

// What the engine assumes. (moby daemon/health.go)
const DEFAULT_INTERVAL = nanosOf(seconds(30));
const DEFAULT_RETRIES = 3;

/** Of a case in which luck counts: with so many seeds at the most, and with so many records in all their traces. */
const MOST_TRIES = 8;
const RECORDS_TRIED = 6000;

export class Subject {
  /** As the Compose files call it. */
  readonly name: string;
  readonly spec: ServiceSpec;
  readonly config: ServiceConfig;
  readonly #stage: Stage;
  readonly #played = new Map<string, Rollout>();

  constructor(name: string, stage: Stage) {
    this.name = name;
    this.#stage = stage;
    this.spec = stage.stack.services.find((spec) => spec.name === stage.service)!;
    this.config = stage.stack.config.services[name]!;
  }

  /** The rollout of a case; each is played once. Default: with the seed of the check. */
  rollout(wanted: RolloutCase, seed: Seed = this.seed): Rollout {
    const name = `${wanted.id} ${seed}`;
    const known = this.#played.get(name);
    if (known) return known;
    const played = playRollout({ ...this.#stage, seed }, wanted);
    this.#played.set(name, played);
    return played;
  }

  /**
   * The rollout of a case in which the fewest tasks ran, of several seeds: which slots fall together is a matter of luck. Of what
   * is long there are fewer: the more slots there are, the less luck there is.
   */
  worstRollout(wanted: RolloutCase): Rollout {
    let worst = this.rollout(wanted);
    const tries = Math.min(MOST_TRIES, Math.floor(RECORDS_TRIED / worst.swarm.trace.records.length));
    for (let other = 1; other < tries; other += 1) {
      const rollout = this.rollout(wanted, seedBeside(this.seed, other));
      if (rollout.result.lowestRunning! < worst.result.lowestRunning!) worst = rollout;
    }
    return worst;
  }

  /** How many rollouts have been played. */
  get played(): number {
    return this.#played.size;
  }

  /** Of the check. */
  get seed(): Seed {
    return this.#stage.seed;
  }

  /** Of the file format, which every file has to share. */
  get version(): string {
    return this.#stage.stack.config.version;
  }

  /** Whether the sizes of the nodes are the check's own assumption. */
  get isClusterAssumed(): boolean {
    return this.#stage.isAssumed;
  }

  get mode(): ServiceMode['kind'] {
    return this.spec.mode.kind;
  }

  get isJob(): boolean {
    return this.mode === 'replicated-job' || this.mode === 'global-job';
  }

  /** Replicas; undefined for a service that is not replicated. */
  get replicas(): number | undefined {
    return this.spec.mode.kind === 'replicated' ? this.spec.mode.replicas : undefined;
  }

  /** What governs an update, with the defaults filled in. */
  get update(): Required<UpdateConfig> {
    return { ...DEFAULT_UPDATE_CONFIG, monitor: DEFAULT_UPDATE_MONITOR, ...this.spec.update };
  }

  get rollback(): Required<UpdateConfig> {
    return { ...DEFAULT_UPDATE_CONFIG, monitor: DEFAULT_UPDATE_MONITOR, ...this.spec.rollback };
  }

  get restart(): RestartPolicy {
    return this.spec.task.restart ?? DEFAULT_RESTART_POLICY;
  }

  /** Whether the files set a health check, or the scenario says that the image has one. */
  get hasHealthCheck(): boolean {
    const { healthcheck, image } = this.spec.task.container;
    if (healthcheck?.test?.[0] === 'NONE') return false;
    const isBuiltIn = this.#stage.images[image]?.healthcheck !== undefined;
    return isBuiltIn || (healthcheck?.test?.length ?? 0) > 0;
  }

  /** How often health is probed, and after how many failures it is lost. */
  get probes(): { readonly interval: Nanoseconds; readonly retries: number } {
    const { healthcheck, image } = this.spec.task.container;
    const builtIn = this.#stage.images[image]?.healthcheck;
    return {
      interval: healthcheck?.interval || durationOf(builtIn?.interval ?? 0) || DEFAULT_INTERVAL,
      retries: healthcheck?.retries || builtIn?.retries || DEFAULT_RETRIES,
    };
  }

  /** The host port that keeps a second task off the node of the first. */
  get hostPort(): number | undefined {
    return this.spec.endpoint?.ports.find(
      ({ publishMode, publishedPort }) => publishMode === 'host' && publishedPort > 0,
    )?.publishedPort;
  }

  /** Where a key of the service stands, or the nearest part that was written. */
  positionOf(...path: readonly (string | number)[]): Position {
    return this.#stage.stack.config.positionOf(['services', this.name, ...path]);
  }
}

/** Another seed that belongs to one. */
function seedBeside(seed: Seed, other: number): Seed {
  return typeof seed === 'number' ? seed + other : `${seed}+${other}`;
}
