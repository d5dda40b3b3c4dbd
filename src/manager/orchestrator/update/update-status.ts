/** The writes of an updater to its service (swarmkit updater.go: startUpdate, pauseUpdate, rollbackUpdate, completeUpdate). */
import type { Service, UpdateStatus } from '../../../api/index.ts';
import type { Instant } from '../../../base/index.ts';
import type { Transaction } from '../../../store/index.ts';
import { Abandoned } from '../../reactor.ts';

export function writeStarted(tx: Transaction, serviceId: string, at: Instant): void {
  const service = tx.services.get(serviceId);
  if (!service || service.updateStatus) return;
  tx.services.put(withStatus(service, { state: 'updating', message: 'update in progress', startedAt: at }));
}

// A cleared status means that somebody updated the service since: the three below then leave it alone.

export function writePaused(tx: Transaction, serviceId: string, message: string): void {
  const service = tx.services.get(serviceId);
  if (!service?.updateStatus) return;
  const state = service.updateStatus.state === 'rollback_started' ? 'rollback_paused' : 'paused';
  tx.services.put(withStatus(service, { ...service.updateStatus, state, message }));
}

/** The previous specification becomes the current one, and there is no previous one any more. */
export function writeRolledBack(tx: Transaction, serviceId: string, message: string): void {
  const service = tx.services.get(serviceId);
  if (!service?.updateStatus) return;
  const { previousSpec, previousSpecVersion, specVersion: _failed, ...rest } = service;
  if (!previousSpec) throw new Abandoned('cannot roll back service because no previous spec is available');
  tx.services.put({
    ...rest,
    spec: previousSpec,
    ...(previousSpecVersion !== undefined && { specVersion: previousSpecVersion }),
    updateStatus: { ...service.updateStatus, state: 'rollback_started', message },
  });
}

export function writeCompleted(tx: Transaction, serviceId: string, at: Instant): void {
  const service = tx.services.get(serviceId);
  if (!service?.updateStatus) return;
  const rolledBack = service.updateStatus.state === 'rollback_started';
  tx.services.put(
    withStatus(service, {
      ...service.updateStatus,
      state: rolledBack ? 'rollback_completed' : 'completed',
      message: rolledBack ? 'rollback completed' : 'update completed',
      completedAt: at,
    }),
  );
}

function withStatus(service: Service, updateStatus: UpdateStatus): Service {
  return { ...service, updateStatus };
}
