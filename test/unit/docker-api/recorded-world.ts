import { type EngineResponse, engine } from '../../../src/docker-api/index.ts';
import { createSwarm, type Swarm } from '../../../src/swarm/index.ts';
import type { EndpointState, Override } from '../../support/docker-endpoint.ts';
import type { RecordedRequest } from '../../support/docker-endpoint-recorded.ts';

/** What a client once asked of an endpoint, and what the endpoint held. */
export interface RecordedCase {
  readonly id: string;
  readonly group: string;
  readonly state: EndpointState;
  readonly overrides?: readonly Override[];
  readonly expect: { readonly requests: readonly RecordedRequest[] };
}

interface EngineObject {
  readonly ID?: string;
  readonly Id?: string;
  readonly Scope?: string;
  readonly Spec?: { readonly TaskTemplate?: { readonly Networks?: readonly { readonly Target: string }[] } };
  readonly PreviousSpec?: object;
}

/**
 * A swarm that holds what the endpoint held. Its ids and versions are others: they are put in the place of the recorded
 * ones wherever these stand in a request.
 */
export class RecordedWorld {
  readonly swarm: Swarm;
  readonly #state: EndpointState;
  readonly #requests: readonly RecordedRequest[];
  /** Recorded id to ours. */
  readonly #ids = new Map<string, string>();

  constructor({ state, expect: { requests } }: Pick<RecordedCase, 'state' | 'expect'>) {
    this.#state = state;
    this.#requests = requests;
    const nodes = (state.nodes ?? []).map(({ ID, Spec, Description }) => {
      this.#ids.set(ID, Description.Hostname);
      return { name: Description.Hostname as string, role: Spec.Role, labels: Spec.Labels };
    });
    this.swarm = createSwarm(
      nodes.length === 0 ? { nodes: [{ name: 'node1', role: 'manager' }] } : { managers: 0, nodes },
    );
    this.swarm.runUntilSettled();
    for (const name of ['networks', 'secrets', 'configs', 'services'] as const) {
      for (const item of state[name] ?? []) this.#create(name, item);
    }
    const down = (state.nodes ?? []).filter(({ Status }) => Status.State === 'down');
    for (const { Description } of down) this.swarm.node(Description.Hostname).crash();
    // The managers notice by a node's silence.
    this.swarm.run({ for: down.length > 0 ? '1m' : '1s' });
  }

  /** Asks our engine what the recorded client asked. */
  ask(recorded: RecordedRequest): EngineResponse {
    const { method, query, body, headers } = recorded;
    const path = this.#ours(recorded.path);
    this.#knowImage(recorded);
    const answer = engine(this.swarm).handle({
      method,
      path,
      query: this.#ours(this.#withVersion(recorded.path, query ?? '')),
      ...(headers && { headers }),
      ...(body !== undefined && { body: JSON.parse(this.#ours(JSON.stringify(body))) }),
    });
    this.#learn(recorded.response, answer.body);
    return answer;
  }

  #create(table: 'networks' | 'secrets' | 'configs' | 'services', item: Readonly<Record<string, unknown>>): void {
    const { ID, Id, Spec, PreviousSpec, ...rest } = item as EngineObject;
    // A local network of the endpoint has no like here.
    if (table === 'networks' && rest.Scope !== 'swarm') return;
    if (table === 'services') this.#createNetworksOf(Spec);
    const data = table === 'secrets' || table === 'configs' ? { Data: this.#dataOf(ID!) } : {};
    const body = table === 'networks' ? { ...rest, Driver: 'overlay' } : { ...data, ...(PreviousSpec ?? Spec) };
    this.#post(`/${table}/create`, body, { ID: ID ?? Id });
    if (!PreviousSpec) return;
    // Its ports are allocated in a write of its own.
    this.swarm.run({ for: '1s' });
    const id = this.#ours(ID!);
    this.#post(`/services/${id}/update?version=${this.swarm.view.services.get(id)?.version}`, Spec);
  }

  /** The endpoint may have had services on networks that it did not have. */
  #createNetworksOf(spec: EngineObject['Spec']): void {
    for (const { Target } of spec?.TaskTemplate?.Networks ?? []) {
      if (!this.#ids.has(Target)) this.#post('/networks/create', { Name: Target, Driver: 'overlay' }, { ID: Target });
    }
  }

  #post(address: string, body: unknown, recorded?: { readonly ID: string | undefined }): void {
    const [path = '', query = ''] = address.split('?');
    const answer = engine(this.swarm).handle({
      method: 'POST',
      path,
      query,
      body: JSON.parse(this.#ours(JSON.stringify(body))),
    });
    if (answer.status >= 400) throw new Error(`cannot prepare ${address}: ${JSON.stringify(answer.body)}`);
    this.#learn(recorded, answer.body);
  }

  /** The endpoint did not keep the data of secrets and configs: it must have been what the client sends again. */
  #dataOf(id: string): string {
    const update = this.#requests.find(({ path }) => path.endsWith(`/${id}/update`));
    return (update?.body as { Data?: string } | undefined)?.Data ?? 'eA==';
  }

  #learn(recorded: unknown, answer: unknown): void {
    const idOf = (body: unknown) =>
      (body as { ID?: string; Id?: string } | undefined)?.ID ?? (body as { Id?: string })?.Id;
    const theirs = idOf(recorded);
    const ours = idOf(answer);
    if (theirs !== undefined && ours !== undefined) this.#ids.set(theirs, ours);
  }

  #ours(text: string): string {
    let ours = text;
    for (const [theirs, id] of this.#ids) ours = ours.replaceAll(theirs, id);
    return ours;
  }

  /** An update that was based on the version of then is based on the version of now. */
  #withVersion(path: string, query: string): string {
    const match = /^\/v[\d.]+\/(\w+)\/([^/]+)\/update$/.exec(path);
    if (!match) return query;
    const [, table, id] = match as unknown as [string, 'services', string];
    const recorded = (this.#state[table] ?? []).find(({ ID }) => ID === id)?.Version.Index;
    const object = this.swarm.view[table]?.get(this.#ids.get(id) ?? id);
    return recorded === undefined ? query : query.replace(`version=${recorded}`, `version=${object?.version}`);
  }

  /** The registry that was recorded knew few images. */
  #knowImage({ path, status }: RecordedRequest): void {
    const image = /\/distribution\/(.*)\/json$/.exec(path)?.[1];
    if (image !== undefined && status === 404) this.swarm.images.define(image, { missing: true });
  }
}
