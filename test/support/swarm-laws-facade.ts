/** Watches a whole swarm from outside, event by event, and holds what changes in its store against the laws. */
import { millis } from '../../src/base/index.ts';
import { assignmentsFit } from '../../src/fast-check/laws/swarm/assignments-fit.ts';
import { CommitWatch } from '../../src/fast-check/laws/swarm/commits.ts';
import { desiredStatesOnlyGrow } from '../../src/fast-check/laws/swarm/desired-states-only-grow.ts';
import type { Law } from '../../src/fast-check/laws/swarm/law.ts';
import { observedStatesOnlyGrow } from '../../src/fast-check/laws/swarm/observed-states-only-grow.ts';
import { restDrained } from '../../src/fast-check/laws/swarm/rest-drained.ts';
import { restGlobal } from '../../src/fast-check/laws/swarm/rest-global.ts';
import { tasksStayWhatTheyAre } from '../../src/fast-check/laws/swarm/tasks-stay-what-they-are.ts';
import { LimitError, type Swarm } from '../../src/index.ts';
import { jobsKeepTheirBounds } from '../laws/jobs-keep-their-bounds.ts';
import { restAccounted } from '../laws/rest-accounted.ts';
import { restReplicated } from '../laws/rest-replicated.ts';
import { LawWatch } from './swarm-laws.ts';

/** Those that bear to see several commits as one: while a request is on its way nobody looks. */
const LAWS: readonly Law[] = [
  observedStatesOnlyGrow,
  desiredStatesOnlyGrow,
  tasksStayWhatTheyAre,
  jobsKeepTheirBounds,
  assignmentsFit,
  restAccounted,
  restDrained,
  restGlobal,
  restReplicated,
];

export class SwarmWatch {
  readonly #swarm: Swarm;
  readonly #laws: LawWatch;
  readonly #commits = new CommitWatch();

  constructor(swarm: Swarm, { instantWrites }: { readonly instantWrites: boolean }) {
    this.#swarm = swarm;
    this.#laws = new LawWatch(LAWS.filter(({ needsInstantWrites }) => instantWrites || !needsInstantWrites));
  }

  /** Lets time pass. @throws Error where a law is broken. */
  runTo(atMs: number): void {
    const left = millis(atMs) - this.#swarm.now;
    if (left > 0) this.#swarm.run({ for: `${left}us`, unless: () => this.#look() });
  }

  /** What is still under way after so long; nothing where the swarm has settled, and keeps the laws of rest. */
  settle(within: string): readonly string[] {
    try {
      this.#swarm.runUntilSettled({ within, unless: () => this.#look() });
    } catch (error) {
      if (!(error instanceof LimitError)) throw error;
      if (error.pending.length === 0) throw new Error(`no reason is named: ${error.message}`);
      return error.pending;
    }
    this.#look();
    this.#laws.atRest(this.#nowMs, this.#swarm.view);
    return [];
  }

  /** Never a reason to stop. */
  #look(): false {
    const commit = this.#commits.look(this.#swarm);
    if (commit) this.#laws.committed(commit.atMs, commit.changes, commit.view);
    return false;
  }

  get #nowMs(): number {
    return this.#swarm.now / millis(1);
  }
}
