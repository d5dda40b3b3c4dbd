/**
 * The scheduler as a component of the control plane (swarmkit manager/scheduler/scheduler.go, Run): it absorbs every
 * change, and acts when commits have been quiet for a while. While it writes it absorbs nothing.
 */
import type { Change, Transaction } from '../../store/index.ts';
import { rank } from '../rank.ts';
import type { Context, Reactor, Step } from '../reactor.ts';
import { absorb } from './absorb.ts';
import { type Debounce, onCommit } from './debounce.ts';
import type { Decision } from './decision.ts';
import type { RandomSource } from './pass.ts';
import { type PlanOptions, planPreassigned, planUnassigned } from './plan.ts';
import { createScheduler, forkScheduler, type SchedulerState } from './state.ts';
import { writeDecision } from './write.ts';

export interface SchedulerComponent {
  picture: SchedulerState;
  debounce: Debounce;
}

const WATCHED: ReadonlySet<string> = new Set(['nodes', 'tasks', 'volumes']);

export const scheduler: Reactor<SchedulerComponent> = {
  name: 'scheduler',
  rank: rank.scheduler,
  wants: (_state, change: Change) => WATCHED.has(change.table),
  wantsCommits: true,

  start(ctx) {
    const picture = createScheduler(ctx.store, ctx.now);
    schedule(ctx, picture);
    return { picture, debounce: undefined };
  },

  receive(ctx, state, input) {
    if (input.type === 'change') absorb(state.picture, input.change, ctx.now);
    else if (input.type === 'timer') {
      state.debounce = undefined;
      schedule(ctx, state.picture);
    } else if (input.type === 'commit') {
      const { runNow, debounce } = onCommit(state.debounce, ctx.now);
      state.debounce = debounce;
      ctx.cancel('quiet');
      if (debounce) ctx.after(debounce.dueAt - ctx.now, 'quiet');
      if (runNow) schedule(ctx, state.picture);
    }
  },

  steps: {
    preassigned(ctx, { picture }: SchedulerComponent) {
      write(ctx, planPreassigned(picture, planOptions(ctx)));
    },
    unassigned(ctx, { picture }: SchedulerComponent) {
      if (picture.isPassRequired) write(ctx, planUnassigned(picture, planOptions(ctx)));
    },
  },

  writes: {
    decision(ctx, { picture }: SchedulerComponent, tx: Transaction, _step: Step, decision: Decision) {
      writeDecision(picture, tx, decision);
      if ('rank' in decision) ctx.note(decision.task.id, { ...decision.rank, ...decision.spread });
    },
    'free volumes'() {},
  },

  copy: ({ picture, debounce }) => ({ picture: forkScheduler(picture), debounce }),
};

function schedule(ctx: Context, { waitingPreassigned, isPassRequired }: SchedulerState): void {
  const isAnyPreassigned = waitingPreassigned.size > 0;
  if (isAnyPreassigned) ctx.next({ do: 'preassigned' });
  // What becomes of those decides whether the others need a pass.
  if (isAnyPreassigned || isPassRequired) ctx.next({ do: 'unassigned' });
}

function write(ctx: Context, decisions: readonly Decision[]): void {
  if (decisions.length > 0) ctx.batch({ do: 'decision' }, decisions);
  // swarmkit ends every application with a second batch that frees volumes: it waits for the lock even without any.
  ctx.batch({ do: 'free volumes' }, []);
}

function planOptions(ctx: Context): PlanOptions {
  const random: RandomSource = {
    integer: (bound) => ctx.draw('scheduler', bound),
    shuffle: (items) => ctx.mapOrder('scheduler', items),
  };
  return { view: ctx.store, at: ctx.now, random };
}
