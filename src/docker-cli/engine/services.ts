import { isOlder } from '../../docker-api/index.ts';
import { checkReference, type EngineClient, encodeFilters } from '../client.ts';
import type { Filters } from '../flags/types.ts';
import { type Decoded, decode, encode, omit, slice, struct, text } from '../go/type.ts';
import { applyTag, resolveImage } from './image.ts';
import { type Service, type ServiceSpec, service, serviceSpec } from './service-types.ts';

const createResponse = struct('swarm.ServiceCreateResponse', { ID: omit(text), Warnings: omit(slice(text)) });
const updateResponse = struct('swarm.ServiceUpdateResponse', { Warnings: slice(text) });

export interface ServiceSubmission {
  readonly spec: ServiceSpec;
  /** Ask the registry for the image's digest and platforms first. */
  readonly queryRegistry: boolean;
  /** Credentials as the header carries them; empty for none. */
  readonly auth?: string;
}

export interface ServiceUpdate extends ServiceSubmission {
  readonly id: string;
  readonly version: number;
  readonly registryAuthFrom?: 'spec';
  readonly rollback?: 'previous';
}

/** `status` also asks for the numbers of running and desired tasks. */
export function listServices(client: EngineClient, options: { filters: Filters; status?: boolean }): Service[] {
  const query = { filters: encodeFilters(options.filters), status: options.status ? 'true' : undefined };
  return decode(slice(service), client.get('/services', { query })) ?? [];
}

export function inspectService(client: EngineClient, reference: string, options = { insertDefaults: false }): Service {
  const path = `/services/${checkReference('service', reference)}`;
  return decode(service, client.get(path, { query: { insertDefaults: String(options.insertDefaults) } }));
}

/** Creates the service. The answer's warnings include that of a failed look-up in the registry. */
export function createService(client: EngineClient, submission: ServiceSubmission): Decoded<typeof createResponse> {
  const { spec, warnings, headers } = prepare(client, submission);
  const answer = decode(createResponse, client.post('/services/create', { headers, body: encode(serviceSpec, spec) }));
  return { ...answer, Warnings: [...(answer.Warnings ?? []), ...warnings] };
}

/** Replaces the spec of a service; returns warnings. */
export function updateService(client: EngineClient, update: ServiceUpdate): readonly string[] {
  const { spec, warnings, headers } = prepare(client, update);
  const query = {
    registryAuthFrom: update.registryAuthFrom,
    rollback: update.rollback,
    version: String(update.version),
  };
  const path = `/services/${checkReference('service', update.id)}/update`;
  const answer = decode(updateResponse, client.post(path, { query, headers, body: encode(serviceSpec, spec) }));
  return [...(answer.Warnings ?? []), ...warnings];
}

export function removeService(client: EngineClient, reference: string): void {
  client.delete(`/services/${checkReference('service', reference)}`);
}

/** What the client does to every spec before it is sent (moby client/service_create.go). */
function prepare(
  client: EngineClient,
  submission: ServiceSubmission,
): { spec: ServiceSpec; warnings: readonly string[]; headers: Record<string, string> } {
  const auth = submission.auth ?? '';
  const headers: Record<string, string> = {
    ...(isOlder(client.version, '1.30') ? { version: client.version } : {}),
    ...(auth === '' ? {} : { 'X-Registry-Auth': auth }),
  };
  const tagged = applyTag(submission.spec);
  // Daemons before 1.30 look the digest up themselves.
  if (!submission.queryRegistry || isOlder(client.version, '1.30')) return { spec: tagged, warnings: [], headers };
  return { ...resolveImage(client, tagged, auth), headers };
}
