/** Holds a run against the laws. */

import type { Law, Watcher } from '../../src/fast-check/laws/swarm/law.ts';
import type { Change, ReadView } from '../../src/store/index.ts';

/** How many of the last commits a breach shows. */
const SHOWN = 12;

export class LawWatch {
  readonly #watchers: readonly (readonly [Law, Watcher])[];
  readonly #last: string[] = [];
  lastCommitMs = 0;

  constructor(laws: readonly Law[]) {
    this.#watchers = laws.map((law) => [law, law.watch()]);
  }

  /** @throws Error where a law is broken. */
  committed(atMs: number, changes: readonly Change[], view: ReadView): void {
    this.lastCommitMs = atMs;
    for (const change of changes) this.#last.push(`${atMs} ms  ${lineOf(change)}`);
    this.#last.splice(0, this.#last.length - SHOWN);
    const commit = { atMs, changes, view };
    for (const [law, watcher] of this.#watchers) this.#judge(law, atMs, watcher.committed?.(commit) ?? []);
  }

  /** @throws Error where a law of rest is broken. */
  atRest(atMs: number, view: ReadView): void {
    for (const [law, watcher] of this.#watchers) this.#judge(law, atMs, watcher.atRest?.(view) ?? []);
  }

  #judge({ sentence }: Law, atMs: number, breaches: readonly string[]): void {
    if (breaches.length === 0) return;
    throw new Error([`broken at ${atMs} ms: ${sentence}`, ...breaches, 'last changes:', ...this.#last].join('\n  '));
  }
}

function lineOf(change: Change): string {
  if (change.kind === 'delete') return `${change.table} ${change.id.slice(0, 5)} deleted`;
  switch (change.table) {
    case 'tasks': {
      const { id, serviceName, slot, nodeId, status, desiredState, specVersion } = change.after;
      const place = `${serviceName}.${slot || nodeId} (${id.slice(0, 5)})${nodeId === '' ? '' : ` on ${nodeId}`}`;
      return `task ${place} v${specVersion} ${change.kind}: ${status.state} wanted ${desiredState} ${status.err ?? ''}`;
    }
    case 'services':
      return `service ${change.after.spec.name} ${change.kind}: v${change.after.specVersion} ${change.after.updateStatus?.state ?? 'none'}`;
    case 'nodes':
      return `node ${change.id} ${change.kind}: ${change.after.status.state} ${change.after.spec.availability}`;
    default:
      return `${change.table} ${change.kind}`;
  }
}
