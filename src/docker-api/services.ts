/** `/services` (moby daemon/cluster/services.go). */
import {
  type Engine,
  insertDefaults,
  type Service,
  type ServiceSpec,
  serviceSpecFromEngine,
  serviceToEngine,
} from '../api/index.ts';
import { readBody } from './body/fields.ts';
import { serviceBody } from './body/service.ts';
import type { Answer, Call } from './call.ts';
import { type Control, control } from './control.ts';
import { filtersOf } from './filters.ts';
import { find, inOrderOfIds } from './find.ts';
import { inventedName } from './invented-name.ts';
import { attachedNetworkId } from './networks.ts';
import { asSentBy } from './older-clients.ts';
import { booleanOf, requiredVersionOf } from './query.ts';
import { invalid, Refusal } from './refusal.ts';
import { digestWarning, isInRegistry, pinned } from './registry.ts';
import { serviceStatus } from './service-status.ts';
import { isOlder } from './version.ts';

const FILTERS = ['name', 'id', 'label', 'mode', 'runtime'];
const STATUS_SINCE = '1.41';
/** From here on clients look up the digests of images themselves. */
const CLIENTS_PIN_SINCE = '1.30';

export function listServices(call: Call): Answer {
  const filters = filtersOf(call, FILTERS);
  const wantsStatus = !isOlder(call.apiVersion, STATUS_SINCE) && booleanOf(call, 'status');
  const { view } = control(call);
  const listed = view.services
    .all()
    .filter(
      ({ id, spec }) =>
        filters.begins('name', spec.name) &&
        filters.begins('id', id) &&
        filters.matchesLabels('label', spec.labels) &&
        filters.includes('runtime', 'container') &&
        filters.includes('mode', spec.mode.kind),
    );
  const body = inOrderOfIds(listed).map((service): Engine.Service => {
    const shown = serviceToEngine(service, call.epoch);
    if (!wantsStatus) return shown;
    const tasks = view.tasks.all().filter(({ serviceId }) => serviceId === service.id);
    return { ...shown, ServiceStatus: serviceStatus(service, tasks) };
  });
  return { body };
}

export function inspectService(call: Call): Answer {
  const wantsDefaults = booleanOf(call, 'insertDefaults');
  const service = findService(control(call), call.params.id!);
  const shown = wantsDefaults ? { ...service, spec: insertDefaults(service.spec) } : service;
  return { body: serviceToEngine(shown, call.epoch) };
}

export function createService(call: Call): Answer {
  const body = asSentBy(call.apiVersion, readBody(serviceBody, call.body));
  const access = control(call);
  const { spec, warnings } = withDigest(call, withCredentials(specOf(access, body), authOf(call)));
  const named = spec.name === '' ? { ...spec, name: inventName(call, access) } : spec;
  const { id } = access.request<Service>({ op: 'createService', spec: named });
  return { status: 201, body: { ID: id, Warnings: warnings } };
}

export function updateService(call: Call): Answer {
  const body = asSentBy(call.apiVersion, readBody(serviceBody, call.body));
  const version = requiredVersionOf(call, 'service');
  const authFrom = call.query.get('registryAuthFrom') ?? '';
  if (!['', 'spec', 'previous-spec'].includes(authFrom)) throw invalid(`invalid registryAuthFrom '${authFrom}'`);
  const access = control(call);
  const wanted = specOf(access, body);
  const service = findService(access, call.params.id!);
  const auth = authOf(call) ?? keptCredentials(service, authFrom);
  const { spec, warnings } = withDigest(call, withCredentials(wanted, auth));
  const rollback = call.query.get('rollback') ?? '';
  if (!['', 'none', 'previous'].includes(rollback)) throw new Refusal(500, `unrecognized rollback option ${rollback}`);
  access.request({
    op: 'updateService',
    id: service.id,
    version,
    spec,
    ...(rollback === 'previous' && { rollback }),
  });
  return { body: { Warnings: warnings } };
}

export function removeService(call: Call): Answer {
  const access = control(call);
  access.request({ op: 'removeService', id: findService(access, call.params.id!).id });
  return {};
}

/** @throws Refusal for a reference to none or several. */
export function findService({ view }: Control, reference: string): Service {
  return find({ noun: 'service', all: view.services.all(), nameOf: ({ spec }) => spec.name }, reference);
}

/** The specification that a client sends, with ids for the names of its networks. */
function specOf({ view }: Control, body: Engine.ServiceSpec): ServiceSpec {
  const networks = body.TaskTemplate?.Networks?.map((network) => ({
    ...network,
    Target: attachedNetworkId(view, network.Target ?? ''),
  }));
  return serviceSpecFromEngine(
    networks ? { ...body, TaskTemplate: { ...body.TaskTemplate, Networks: networks } } : body,
  );
}

function inventName({ swarm }: Call, { view }: Control): string {
  const taken = new Set(view.services.all().map(({ spec }) => spec.name));
  return inventedName(`${swarm.seed}/service/${view.index}`, taken);
}

function authOf({ headers }: Call): string | undefined {
  return headers['x-registry-auth'] || undefined;
}

/** Without credentials in the request those that are stored are kept. */
function keptCredentials({ spec, previousSpec }: Service, from: string): string | undefined {
  if (from !== 'previous-spec') return spec.task.container.pullOptions?.registryAuth;
  if (!previousSpec) throw new Refusal(500, 'service does not have a previous spec');
  return previousSpec.task.container.pullOptions?.registryAuth;
}

function withCredentials(spec: ServiceSpec, registryAuth: string | undefined): ServiceSpec {
  if (registryAuth === undefined) return spec;
  const container = { ...spec.task.container, pullOptions: { registryAuth } };
  return { ...spec, task: { ...spec.task, container } };
}

/** The daemon pins the images of old clients. */
function withDigest({ apiVersion, swarm }: Call, spec: ServiceSpec): { spec: ServiceSpec; warnings: string[] | null } {
  const { container } = spec.task;
  if (!isOlder(apiVersion, CLIENTS_PIN_SINCE)) return { spec, warnings: null };
  if (!isInRegistry(swarm, container.image)) return { spec, warnings: [digestWarning(container.image)] };
  const image = pinned(container.image);
  return { spec: { ...spec, task: { ...spec.task, container: { ...container, image } } }, warnings: null };
}
