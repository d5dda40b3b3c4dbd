/** What may be done to a swarm from outside, as data, so that it can be planned for later. */
import type { Availability } from '../api/index.ts';
import type { ApiRequest } from '../manager/index.ts';

export type Action =
  /** Asks the control API. A refusal is traced and ends there. */
  | { readonly action: 'request'; readonly request: ApiRequest }
  /** `docker node update --availability`, with the node's version of that moment. */
  | { readonly action: 'availability'; readonly node: string; readonly availability: Availability }
  /** The machine is gone at once: engine, agent and manager; its disk stays. */
  | { readonly action: 'crash'; readonly node: string }
  /** A crashed machine is started again. */
  | { readonly action: 'boot'; readonly node: string }
  /** Nothing on the machine moves until it is thawed. */
  | { readonly action: 'disconnect'; readonly node: string }
  | { readonly action: 'reconnect'; readonly node: string }
  /** A task's container ends by itself. */
  | { readonly action: 'exit'; readonly task: string; readonly code: number };
