import type { EngineClient } from '../client.ts';
import { inspectNode } from '../engine/objects.ts';
import { inspectService } from '../engine/services.ts';
import { CommandFailure } from '../failure.ts';

/** Maps the IDs of services and nodes to names, asking once for each; an ID that cannot be resolved stays. */
export class NameResolver {
  readonly #client: EngineClient;
  readonly #enabled: boolean;
  readonly #names = new Map<string, string>();

  constructor(client: EngineClient, options: { enabled: boolean }) {
    this.#client = client;
    this.#enabled = options.enabled;
  }

  service(id: string): string {
    return this.#resolve(id, () => inspectService(this.#client, id).Spec.Name);
  }

  node(id: string): string {
    return this.#resolve(id, () => {
      const node = inspectNode(this.#client, id);
      return node.Spec.Name || node.Description.Hostname || id;
    });
  }

  #resolve(id: string, ask: () => string): string {
    if (!this.#enabled) return id;
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const name = orId(id, ask);
    this.#names.set(id, name);
    return name;
  }
}

function orId(id: string, ask: () => string): string {
  try {
    return ask();
  } catch (error) {
    if (error instanceof CommandFailure) return id;
    throw error;
  }
}
