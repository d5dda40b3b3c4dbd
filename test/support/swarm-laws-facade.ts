/** Watches a whole swarm from outside, event by event, and holds what changes in its store against the laws. */
import type { Node, Service, Task } from '../../src/api/index.ts';
import { millis } from '../../src/base/index.ts';
import { LimitError, type Swarm } from '../../src/index.ts';
import type { Change, Entities } from '../../src/store/index.ts';
import { assignmentsFit } from '../laws/assignments-fit.ts';
import { desiredStatesOnlyGrow } from '../laws/desired-states-only-grow.ts';
import { jobsKeepTheirBounds } from '../laws/jobs-keep-their-bounds.ts';
import type { Law } from '../laws/law.ts';
import { observedStatesOnlyGrow } from '../laws/observed-states-only-grow.ts';
import { restAccounted } from '../laws/rest-accounted.ts';
import { restDrained } from '../laws/rest-drained.ts';
import { restGlobal } from '../laws/rest-global.ts';
import { restReplicated } from '../laws/rest-replicated.ts';
import { tasksStayWhatTheyAre } from '../laws/tasks-stay-what-they-are.ts';
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
  readonly #known = {
    services: new Map<string, Service>(),
    nodes: new Map<string, Node>(),
    tasks: new Map<string, Task>(),
  };
  #index = -1;

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
    const { view } = this.#swarm;
    if (view.index === this.#index) return false;
    this.#index = view.index;
    const changes = [
      ...changesOf('services', this.#known.services, view.services.all()),
      ...changesOf('nodes', this.#known.nodes, view.nodes.all()),
      ...changesOf('tasks', this.#known.tasks, view.tasks.all()),
    ];
    this.#laws.committed(this.#nowMs, changes, view);
    return false;
  }

  get #nowMs(): number {
    return this.#swarm.now / millis(1);
  }
}

/** What has changed since the last look; objects that did not are the same. */
function changesOf<T extends 'services' | 'nodes' | 'tasks'>(
  table: T,
  known: Map<string, Entities[T]>,
  present: readonly Entities[T][],
): Change[] {
  const changes: unknown[] = [];
  const gone = new Map(known);
  for (const after of present) {
    const before = known.get(after.id);
    gone.delete(after.id);
    if (before === after) continue;
    known.set(after.id, after);
    changes.push(
      before ? { table, kind: 'update', id: after.id, before, after } : { table, kind: 'create', id: after.id, after },
    );
  }
  for (const [id, before] of gone) {
    known.delete(id);
    changes.push({ table, kind: 'delete', id, before });
  }
  return changes as Change[];
}
