import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageDefinition } from '../../src/agent/index.ts';
import type { TaskStateName } from '../../src/api/index.ts';
import { agentTask } from '../support/agent-task.ts';
import { AgentWorld } from '../support/agent-world.ts';

const images: Readonly<Record<string, ImageDefinition>> = {
  'web:1': { pull: '1500ms', start: '400ms', stop: '900ms', probe: '30ms', unhealthy: { after: '9s', share: 0.5 } },
  'web:2': { pull: '300ms', fails: { after: '4s', share: 0.5 }, ignoresStopSignal: { share: 0.5 } },
};

interface Step {
  readonly at: number;
  readonly act: 'assign' | 'remove' | 'restart' | 'crash' | 'break';
  readonly task: number;
  readonly desired: TaskStateName;
}

const step: fc.Arbitrary<Step> = fc.record({
  at: fc.integer({ min: 0, max: 25_000 }),
  act: fc.constantFrom('assign', 'assign', 'assign', 'remove', 'restart', 'crash', 'break'),
  task: fc.integer({ min: 1, max: 3 }),
  desired: fc.constantFrom<TaskStateName>('READY', 'RUNNING', 'SHUTDOWN', 'REMOVE'),
});
const steps = fc.array(step, { minLength: 1, maxLength: 12 }).map((list) => [...list].sort((a, b) => a.at - b.at));

function apply(world: AgentWorld, { act, task, desired }: Step): void {
  const id = `t${task}`;
  switch (act) {
    case 'assign': {
      const healthcheck = { test: ['CMD', 'check'], interval: 1e9 };
      const spec = task === 1 ? { image: 'web:1', healthcheck } : { image: `web:${task - 1}` };
      world.assign(
        world.tasks.get(id) ?? agentTask(id, spec, { networks: [{ networkId: 'n', addresses: [] }] }),
        desired,
      );
      break;
    }
    case 'remove':
      world.remove(id);
      break;
    case 'restart':
      world.agent.stop();
      world.agent.start();
      break;
    case 'crash':
      world.agent.crash();
      world.agent.start();
      break;
    case 'break':
      world.breakSession();
      break;
  }
}

function play(world: AgentWorld, list: readonly Step[]): void {
  for (const each of list) world.at(each.at, () => apply(world, each));
}

test('an agent over a copy of the state of another goes on like the other', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 30_000 }), (list, pause) => {
      const world = new AgentWorld({ images });
      world.agent.start();
      const early = list.filter(({ at }) => at <= pause);
      play(world, early);
      world.runUntil(pause);
      const { state, simulator } = world.checkpoint();
      const copy = new AgentWorld({ images, state });
      copy.timeline.simulator.restore(simulator);
      copy.session = world.session;
      for (const [id, task] of world.tasks) copy.tasks.set(id, task);
      world.records.length = 0;

      const rest = list.filter(({ at }) => at > pause);
      for (const each of [world, copy]) {
        play(each, rest);
        each.runUntil(60_000);
      }

      expect(copy.records).toEqual(world.records);
      expect(copy.agent.state).toEqual(world.agent.state);
    }),
    { numRuns: 150 },
  );
});

test('what an agent was told to stop or remove is stopped in the end, and nothing is left under way', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const world = new AgentWorld({ images });
      world.agent.start();
      play(world, list);
      const end = 40_000;
      world.at(end, () => {
        for (const id of [...world.tasks.keys()]) world.remove(id);
      });

      world.runUntil(end + 60_000);

      const { engine, executor, worker } = world.agent.state;
      expect([...engine.containers.values()].filter(({ phase }) => phase === 'running')).toEqual([]);
      expect(executor.activities.size + executor.activityOf.size + executor.controllers.size).toBe(0);
      expect(worker.managers.size + worker.calls.size + worker.stored.size).toBe(0);
      expect(world.timeline.simulator.pendingAperiodic).toBe(0);
    }),
    { numRuns: 150 },
  );
});
