/** What may be done to a swarm from outside, as data, so that it can be planned for later. */
import type { Availability } from '../api/index.ts';
import type { ApiRequest } from '../manager/index.ts';
import type { Rule, RuleId } from '../network/index.ts';

export type Action =
  /** Asks the control API, on the machine of a manager; default: as `swarm.request` does. A refusal is traced. */
  | { readonly action: 'request'; readonly request: ApiRequest; readonly on?: string }
  /** `docker node update --availability`, with the node's version of that moment. */
  | { readonly action: 'availability'; readonly node: string; readonly availability: Availability }
  /** The machine is gone at once: engine, agent and manager; its disk stays. */
  | { readonly action: 'crash'; readonly node: string }
  /** A crashed machine is started again. */
  | { readonly action: 'boot'; readonly node: string }
  /** The machine stands still, without losing anything, until it thaws; what falls due meanwhile happens then. */
  | { readonly action: 'freeze'; readonly node: string }
  | { readonly action: 'thaw'; readonly node: string }
  /** The machine is cut off the network, until it is connected again. */
  | { readonly action: 'disconnect'; readonly node: string }
  | { readonly action: 'reconnect'; readonly node: string }
  /** Cuts all links between machines of different groups; a single group is cut off from all others. */
  | { readonly action: 'partition'; readonly groups: readonly (readonly string[])[] }
  /** Removes all cuts. */
  | { readonly action: 'heal' }
  | { readonly action: 'install-rule'; readonly rule: Rule }
  | { readonly action: 'uninstall-rule'; readonly id: RuleId }
  /** `docker swarm leave --force`: nobody is asked, and nothing refuses it. */
  | { readonly action: 'leave'; readonly node: string }
  /** `docker swarm unlock`, with the right key, on a machine whose manager is locked. */
  | { readonly action: 'unlock'; readonly node: string }
  /** `docker swarm init --force-new-cluster` on a machine that has a manager's data. */
  | { readonly action: 'force-new-cluster'; readonly node: string }
  /** A task's container ends by itself. */
  | { readonly action: 'exit'; readonly task: string; readonly code: number };
