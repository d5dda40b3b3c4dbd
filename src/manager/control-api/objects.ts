/** Networks, secrets, configs and the cluster object (swarmkit manager/controlapi/{network,secret,config,cluster}.go). */
import type { Cluster, DataObject, Network } from '../../api/index.ts';
import { ApiError, deepEqual } from '../../base/index.ts';
import { StoreError, type Transaction } from '../../store/index.ts';
import type { ApiRequest } from './requests.ts';
import { refuse } from './validate.ts';

type Request<O extends ApiRequest['op']> = Extract<ApiRequest, { op: O }>;

const OBJECT_NAME = /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/;

export function updateCluster(tx: Transaction, request: Request<'updateCluster'>): Cluster {
  const cluster = tx.clusters.get(request.id);
  if (!cluster) throw new ApiError('NotFound', `cluster ${request.id} not found`);
  if (request.spec.dispatcher.heartbeatPeriod < 0) refuse('heartbeat time period cannot be a negative duration');
  if (request.spec.name !== cluster.spec.name) refuse('modification of cluster name is not allowed');
  const rotations = rotated(cluster, request);
  return tx.clusters.putIfUnchanged({
    ...cluster,
    spec: request.spec,
    version: request.version,
    ...(rotations && { rotations }),
  });
}

/** Managers that begin to lock themselves get a new key, too; without locks there is none to rotate. */
function rotated({ spec, rotations }: Cluster, request: Request<'updateCluster'>): Cluster['rotations'] {
  const asked = request.rotate ?? [];
  const isKeyNew = request.spec.autoLockManagers && (!spec.autoLockManagers || asked.includes('unlockKey'));
  const replaced = [...asked.filter((secret) => secret !== 'unlockKey'), ...(isKeyNew ? (['unlockKey'] as const) : [])];
  if (replaced.length === 0) return rotations;
  return { ...rotations, ...Object.fromEntries(replaced.map((secret) => [secret, (rotations?.[secret] ?? 0) + 1])) };
}

export function createNetwork(tx: Transaction, request: Request<'createNetwork'>, id: string): Network {
  try {
    return tx.networks.create({ id, spec: request.spec });
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'name-conflict') {
      throw new ApiError('AlreadyExists', `network with name ${request.spec.name} already exists`);
    }
    throw error;
  }
}

export function removeNetwork(tx: Transaction, request: Request<'removeNetwork'>): void {
  const network = tx.networks.get(request.id);
  if (!network) throw new ApiError('NotFound', `network ${request.id} not found`);
  for (const service of tx.services.all()) {
    if (!service.spec.task.networks?.some(({ target }) => target === request.id)) continue;
    throw new ApiError('FailedPrecondition', `network ${request.id} is in use by service ${service.id}`);
  }
  tx.networks.delete(request.id);
}

export function createDataObject(
  tx: Transaction,
  request: Request<'createSecret' | 'createConfig'>,
  id: string,
): DataObject {
  const { noun, table } = kindOf(request.op);
  const { name } = request.spec;
  if (name === '') refuse('name must be provided');
  if (name.length > 64 || !OBJECT_NAME.test(name)) {
    refuse(
      'invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]',
    );
  }
  try {
    return tx[table].create({ id, spec: request.spec });
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'name-conflict')
      throw new ApiError('AlreadyExists', `${noun} ${name} already exists`);
    throw error;
  }
}

export function updateDataObject(tx: Transaction, request: Request<'updateSecret' | 'updateConfig'>): DataObject {
  const { noun, table } = kindOf(request.op);
  const object = tx[table].get(request.id);
  if (!object) throw new ApiError('NotFound', `${noun} ${request.id} not found`);
  const { labels, ...fixed } = object.spec;
  const { labels: wanted, data, ...rest } = request.spec;
  const isSame = deepEqual({ ...rest, data: data === '' ? fixed.data : data }, fixed);
  if (!isSame) refuse('only updates to Labels are allowed');
  return tx[table].putIfUnchanged({
    ...object,
    spec: { ...object.spec, labels: wanted ?? labels },
    version: request.version,
  });
}

export function removeDataObject(tx: Transaction, request: Request<'removeSecret' | 'removeConfig'>): void {
  const { noun, table } = kindOf(request.op);
  const object = tx[table].get(request.id);
  if (!object) throw new ApiError('NotFound', `${noun} ${request.id} not found`);
  const users = tx.services
    .all()
    .filter(({ spec }) => (spec.task.container[table] ?? []).some(({ id }) => id === request.id))
    .map(({ spec }) => spec.name);
  if (users.length > 0) {
    const services = users.length === 1 ? 'service' : 'services';
    refuse(`${noun} '${object.spec.name}' is in use by the following ${services}: ${users.join(', ')}`);
  }
  tx[table].delete(request.id);
}

function kindOf(op: string): { readonly noun: 'secret' | 'config'; readonly table: 'secrets' | 'configs' } {
  return op.endsWith('Secret') ? { noun: 'secret', table: 'secrets' } : { noun: 'config', table: 'configs' };
}
