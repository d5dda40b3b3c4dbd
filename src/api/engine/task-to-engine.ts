import type { Network, Task } from '../objects.ts';
import { taskStateName } from '../task-state.ts';
import { type EpochOption, toRfc3339 } from './instants.ts';
import { metaToEngine } from './meta.ts';
import { networkAttachmentToEngine } from './network.ts';
import { omitEmpty } from './omit.ts';
import { portToEngine } from './service-to-engine.ts';
import { genericResourceToEngine, taskSpecToEngine } from './task-spec-to-engine.ts';
import type * as Engine from './types.ts';

export interface TaskToEngineOptions extends EpochOption {
  /** Finds the networks that a task is attached to; without it they are not shown. */
  readonly networkById?: (id: string) => Network | undefined;
}

/** A task as `GET /tasks/{id}` answers. (moby daemon/cluster/convert/task.go) */
export function taskToEngine(task: Task, options: TaskToEngineOptions = {}): Engine.Task {
  const { networkById } = options;
  const attachments = task.networks?.flatMap(({ networkId, addresses }) => {
    const network = networkById?.(networkId);
    return network ? [networkAttachmentToEngine(network, addresses, options)] : [];
  });
  return {
    ...metaToEngine(task, options),
    Labels: {},
    Spec: taskSpecToEngine(task.spec),
    ...omitEmpty<Pick<Engine.Task, 'ServiceID' | 'Slot' | 'NodeID' | 'NetworksAttachments' | 'GenericResources'>>({
      ServiceID: task.serviceId,
      Slot: task.slot,
      NodeID: task.nodeId,
      NetworksAttachments: attachments,
      GenericResources: task.assignedGenericResources?.map(genericResourceToEngine),
    }),
    Status: statusToEngine(task, options),
    DesiredState: taskStateName(task.desiredState).toLowerCase(),
    ...(task.jobIteration !== undefined && {
      JobIteration: omitEmpty<Engine.Version>({ Index: task.jobIteration }),
    }),
    Volumes: task.volumes?.map(({ id, source, target }) => ({ ID: id, Source: source, Target: target })) ?? null,
  };
}

function statusToEngine({ status }: Task, epoch: EpochOption): Engine.TaskStatus {
  const { container, portStatus } = status;
  return {
    Timestamp: toRfc3339(status.timestamp, epoch),
    State: taskStateName(status.state).toLowerCase(),
    ...omitEmpty<Pick<Engine.TaskStatus, 'Message' | 'Err'>>({ Message: status.message, Err: status.err }),
    ...(container && {
      ContainerStatus: {
        ContainerID: container.containerId ?? '',
        PID: container.pid ?? 0,
        ExitCode: container.exitCode ?? 0,
      },
    }),
    PortStatus: portStatus && portStatus.ports.length > 0 ? { Ports: portStatus.ports.map(portToEngine) } : {},
  };
}
