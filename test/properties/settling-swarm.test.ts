import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { scenarios } from '../support/scenario-arbitraries.ts';
import { SwarmWatch } from '../support/swarm-laws-facade.ts';
import { play, swarmOf } from '../support/swarm-laws-player.ts';

const scenario = scenarios({ maxCommands: 8, settleMs: 0, withLeaders: true, withShrinking: false });

/** Why a swarm may not come to rest, in the words of the error. */
const REASONS = [
  // An update that waits for ever, or until later.
  / is being (updated|rolled back)$/,
  // A task that waits for a node, with the filters that refuse it.
  /^\S+ is pending .*: (no suitable node \(.+\)|.+ on 1 node|1 node not available for new tasks|max replicas per node limit exceed)/,
  // One that was given up because its service has a newer version.
  / \(its service has a newer version: it may never be tried again\)$/,
  // A job that runs on.
  /^\S+ is running on \S+ and wanted complete$/,
  // A crash loop, or an update that begins again whenever it has ended.
  / has ended by itself, (failed|rejected|complete)/,
  / is new$/,
  / has ended an update only now$/,
  // A task that is held back, or on its way again, after one that the history has not kept.
  /^\S+ is (rejected|failed|ready|preparing|starting) .*wanted (ready|running)/,
];

describe('once faults have stopped', () => {
  it('a swarm settles and keeps the laws of rest, or the reason why it does not is named', () => {
    let settled = 0;
    const numRuns = runs(200);
    fc.assert(
      fc.property(scenario, fc.boolean(), (drawn, instantWrites) => {
        const swarm = swarmOf(drawn, { trace: { kind: 'off' }, ...(instantWrites && { latencies: 'none' }) });
        const watch = new SwarmWatch(swarm, { instantWrites });
        play(swarm, drawn.steps, (_, atMs) => watch.runTo(atMs));

        const pending = watch.settle('10m');

        if (pending.length === 0) settled += 1;
        else expect(pending.filter((line) => REASONS.some((reason) => reason.test(line)))).not.toEqual([]);
      }),
      { numRuns },
    );
    expect(settled).toBeGreaterThan(numRuns / 3);
  });
});
