/** Everything that may wait in a swarm's queue: plain data, told apart by `kind`. */
import type { AgentTimer } from '../agent/index.ts';
import type { FromDispatcher, ToDispatcher } from '../api/index.ts';
import type { ManagerEvent } from '../manager/index.ts';
import type { Action } from './action.ts';

export type SwarmEvent =
  | ManagerEvent
  | { readonly kind: 'agent'; readonly node: string; readonly timer: AgentTimer }
  | {
      readonly kind: 'to-dispatcher';
      readonly from: string;
      readonly manager: string;
      readonly message: ToDispatcher;
      readonly cause: number | undefined;
    }
  | { readonly kind: 'to-agent'; readonly node: string; readonly message: FromDispatcher }
  | { readonly kind: 'action'; readonly action: Action };
