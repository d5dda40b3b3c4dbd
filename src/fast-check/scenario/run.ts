import type { Instant } from '../../base/index.ts';
import { METRICS, type Outcome, observeService, runningOverTime, type ServiceHistory } from '../../evaluate/index.ts';
import type { ServiceHandle, Swarm } from '../../swarm/index.ts';

/** Is shown the swarm as it is. */
export type Observer = (swarm: Swarm) => void;

export interface ScenarioEnd {
  readonly swarm: Swarm;
  readonly startedAt: Instant;
  readonly underWay: readonly string[];
  readonly main: string;
}

/** What became of a scenario. */
export class ScenarioRun {
  /** As it was in the end. */
  readonly swarm: Swarm;
  /** When the first step was taken. */
  readonly startedAt: Instant;
  /** What had not ended when patience did, in plain words; empty where the swarm came to rest. */
  readonly underWay: readonly string[];
  readonly #main: string;

  /** @internal */
  constructor({ swarm, startedAt, underWay, main }: ScenarioEnd) {
    this.swarm = swarm;
    this.startedAt = startedAt;
    this.underWay = underWay;
    this.#main = main;
  }

  get isSettled(): boolean {
    return this.underWay.length === 0;
  }

  /** A service from the first step on; default: the scenario's own. @throws ApiError (NotFound) */
  service(name: string = this.#main): ServiceRun {
    return new ServiceRun(this.swarm.service(name), this.startedAt);
  }
}

export interface RunningTasks {
  /** The fewest that were observed running at any moment since the first step. */
  readonly min: number;
  readonly max: number;
  readonly now: number;
}

/** What a service went through in a scenario. */
export class ServiceRun {
  readonly handle: ServiceHandle;
  readonly #since: Instant;

  /** @internal */
  constructor(handle: ServiceHandle, since: Instant) {
    this.handle = handle;
    this.#since = since;
  }

  get running(): RunningTasks {
    const counts = runningOverTime(this.history).map(([, count]) => count);
    return { min: Math.min(...counts), max: Math.max(...counts), now: this.handle.running };
  }

  /** How the last change of the specification that was asked for has ended. */
  get outcome(): Outcome {
    return METRICS.outcome.measure(observeService(this.handle.swarm, this.handle.id));
  }

  /** Everything that is known of its tasks and its update since the first step. */
  get history(): ServiceHistory {
    return observeService(this.handle.swarm, this.handle.id, this.#since);
  }
}
