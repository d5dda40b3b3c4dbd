/** Creating, updating, rolling back and removing services (swarmkit manager/controlapi/service.go). */
import type { EndpointSpec, PortConfig, Service, ServiceSpec } from '../../api/index.ts';
import { ApiError, deepEqual, type Instant } from '../../base/index.ts';
import { type ReadView, StoreError, type Transaction } from '../../store/index.ts';
import type { ApiRequest } from './requests.ts';
import { refuse, validateServiceSpec } from './validate.ts';

type CreateService = Extract<ApiRequest, { op: 'createService' }>;
type UpdateService = Extract<ApiRequest, { op: 'updateService' }>;
type RemoveService = Extract<ApiRequest, { op: 'removeService' }>;

/** Checks that need no lock; made when the request arrives. */
export function checkService(view: ReadView, request: CreateService | UpdateService): void {
  validateServiceSpec(request.spec);
  if (request.op === 'createService') return checkPortConflicts(view, request.spec.endpoint, undefined);
  const service = view.services.get(request.id);
  if (!service) throw notFound(request.id);
  if (request.spec.endpoint && !deepEqual(request.spec.endpoint, service.spec.endpoint)) {
    checkPortConflicts(view, request.spec.endpoint, request.id);
  }
}

export function createService(tx: Transaction, request: CreateService, id: string, at: Instant): Service {
  checkReferences(tx, request.spec);
  const isJob = request.spec.mode.kind === 'replicated-job' || request.spec.mode.kind === 'global-job';
  try {
    return tx.services.create({
      id,
      spec: request.spec,
      specVersion: 0,
      ...(isJob && { jobStatus: { jobIteration: 0, lastExecution: at } }),
    });
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'name-conflict') {
      throw new ApiError('AlreadyExists', `${error.message}: service ${request.spec.name} already exists`);
    }
    throw error;
  }
}

/** Every update keeps the specification before it and clears the update status, whether or not anything differs. */
export function updateService(tx: Transaction, request: UpdateService, at: Instant): Service {
  const service = tx.services.get(request.id);
  if (!service) throw notFound(request.id);
  checkReferences(tx, request.spec);
  if (service.spec.mode.kind !== request.spec.mode.kind)
    throw new ApiError('Unimplemented', 'service mode change is not allowed');
  if (service.spec.name !== request.spec.name)
    throw new ApiError('Unimplemented', 'renaming services is not supported');

  const changed = request.rollback ? rolledBack(service, at) : respecified(service, request);
  const { jobStatus } = service;
  return tx.services.putIfUnchanged({
    ...changed,
    ...(jobStatus && { jobStatus: { jobIteration: jobStatus.jobIteration + 1, lastExecution: at } }),
    version: request.version,
  });
}

function respecified(service: Service, { spec, version }: UpdateService): Service {
  const { updateStatus: _cleared, previousSpecVersion: _older, ...rest } = service;
  return {
    ...rest,
    spec,
    specVersion: version,
    previousSpec: service.spec,
    ...versionOf('previousSpecVersion', service.specVersion),
  };
}

/** Specification and previous specification change places, versions included: tasks of the former are clean again. */
function rolledBack(service: Service, at: Instant): Service {
  const { previousSpec, previousSpecVersion, spec, specVersion, ...rest } = service;
  if (!previousSpec) throw new ApiError('FailedPrecondition', `service ${service.id} does not have a previous spec`);
  return {
    ...rest,
    spec: previousSpec,
    ...versionOf('specVersion', previousSpecVersion),
    previousSpec: spec,
    ...versionOf('previousSpecVersion', specVersion),
    updateStatus: { state: 'rollback_started', message: 'manually requested rollback', startedAt: at },
  };
}

function versionOf(key: 'specVersion' | 'previousSpecVersion', version: number | undefined): Partial<Service> {
  return version === undefined ? {} : { [key]: version };
}

export function removeService(tx: Transaction, request: RemoveService): void {
  if (!tx.services.get(request.id)) throw notFound(request.id);
  tx.services.delete(request.id);
}

function notFound(id: string): ApiError {
  return new ApiError('NotFound', `service ${id} not found`);
}

function checkReferences(tx: Transaction, spec: ServiceSpec): void {
  const { secrets, configs } = spec.task.container;
  const missing = (secrets ?? [])
    .filter(({ id, name }) => tx.secrets.get(id)?.spec.name !== name)
    .map(({ name }) => name);
  if (missing.length > 0) refuse(`${missing.length === 1 ? 'secret' : 'secrets'} not found: ${missing.join(', ')}`);
  const absent = (configs ?? [])
    .filter(({ id, name }) => tx.configs.get(id)?.spec.name !== name)
    .map(({ name }) => name);
  if (absent.length > 0) refuse(`${absent.length === 1 ? 'config' : 'configs'} not found: ${absent.join(', ')}`);
}

/** An ingress port belongs to one service; host ports may be shared, but not with an ingress port. */
function checkPortConflicts(view: ReadView, endpoint: EndpointSpec | undefined, serviceId: string | undefined): void {
  const wanted = (endpoint?.ports ?? []).filter((port) => port.publishedPort !== 0);
  if (wanted.length === 0) return;
  for (const service of view.services.all()) {
    if (service.id === serviceId) continue;
    for (const port of [...(service.spec.endpoint?.ports ?? []), ...(service.endpoint?.ports ?? [])]) {
      const conflict = wanted.find((candidate) => conflicts(candidate, port));
      if (!conflict) continue;
      const how = port.publishMode === 'host' ? 'a host-published' : 'an ingress';
      refuse(
        `port '${port.publishedPort}' is already in use by service '${service.spec.name}' (${service.id}) as ${how} port`,
      );
    }
  }
}

function conflicts(wanted: PortConfig, used: PortConfig): boolean {
  if (wanted.publishedPort !== used.publishedPort || wanted.protocol !== used.protocol) return false;
  return wanted.publishMode === 'ingress' || used.publishMode === 'ingress';
}
