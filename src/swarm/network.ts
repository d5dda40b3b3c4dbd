/** The network between a swarm's machines, as a user holds it. */
import type { NetworkDescription, Rule, RuleId } from '../network/index.ts';
import type { Action } from './action.ts';

/** What a handle needs of its swarm. */
export interface NetworkContext {
  act(action: Action): void;
  install(rule: Rule): RuleId;
  uninstall(id: RuleId): void;
  isConnected(from: string, to: string): boolean;
  describe(): NetworkDescription;
}

export class NetworkHandle {
  readonly #context: NetworkContext;

  constructor(context: NetworkContext) {
    this.#context = context;
  }

  /**
   * Cuts all links between machines of different groups, in both directions; a single group is cut off from all other
   * machines. What is on its way arrives.
   *
   * @example
   * swarm.network.partition([['m1'], ['m2', 'm3']]);
   */
  partition(groups: readonly (readonly string[])[]): void {
    this.#context.act({ action: 'partition', groups });
  }

  /** Removes all cuts, those of single machines too. */
  heal(): void {
    this.#context.act({ action: 'heal' });
  }

  /** Installs a rule at once, behind those that are there. @throws DryswarmError (`invalid-rule`) */
  install(rule: Rule): RuleId {
    return this.#context.install(rule);
  }

  /** Removes a rule at once, and sends on what it held. */
  uninstall(id: RuleId): void {
    this.#context.uninstall(id);
  }

  /** Whether what one machine sends another now would be neither cut off nor held. */
  isConnected(from: string, to: string): boolean {
    return this.#context.isConnected(from, to);
  }

  /** The rules, and how much was sent where. */
  describe(): NetworkDescription {
    return this.#context.describe();
  }
}
