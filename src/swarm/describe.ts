/** Records of the trace in plain words. */
import { formatDuration } from '../api/index.ts';
import { type Instant, nanosOf } from '../base/index.ts';
import type { Rank } from '../manager/index.ts';
import type { TraceRecord } from '../sim/index.ts';
import { nameOfTask } from './names.ts';
import type { SwarmRecords, TaskRecord } from './records.ts';

export type SwarmRecord = TraceRecord<SwarmRecords>;

/** An instant as time since the start: `1m12.25s`. */
export function formatInstant(at: Instant): string {
  return formatDuration(nanosOf(at));
}

/** One line for a record, without its time; undefined for what only machines care about. */
export function describeRecord(record: SwarmRecord): string | undefined {
  switch (record.kind) {
    case 'api.requested':
      return `${record.op} ${record.target}`;
    case 'api.refused':
      return `refused: ${record.message}`;
    case 'service.created':
      return `service ${record.name} created`;
    case 'service.updated':
      return `service ${record.name} has a new specification (${record.image})`;
    case 'service.removed':
      return `service ${record.name} removed`;
    case 'update.changed':
      return record.state === 'none'
        ? `${record.name}: update status cleared`
        : `${record.name}: ${record.state} (${record.message})`;
    case 'task.created':
      return `${task(record)} created (${record.image}), wanted ${record.desired.toLowerCase()}`;
    case 'task.changed':
      return `${task(record)} ${record.state.toLowerCase()}${record.err === '' ? '' : `: ${record.err}`}`;
    case 'task.wanted':
      return `${task(record)} now wanted ${record.desired.toLowerCase()}`;
    case 'task.placed':
      return `${task(record)} placed${isRanked(record) ? `: the node had ${describeRank(record)}` : ''}`;
    case 'task.unplaced':
      return `${task(record)} cannot be placed: ${record.err}`;
    case 'task.removed':
      return `${task(record)} deleted`;
    case 'node.added':
      return `node ${record.name} joined`;
    case 'node.changed':
      return `node ${record.name} ${record.state}, ${record.availability}${record.message === '' ? '' : `: ${record.message}`}`;
    case 'node.removed':
      return `node ${record.name} removed`;
    case 'raft.term-started':
      return `${record.node} stands for election in term ${record.term}`;
    case 'raft.leader-elected':
      return `${record.node} leads in term ${record.term}`;
    case 'raft.stepped-down':
      return `${record.node} leads no more`;
    case 'raft.membership-changed':
      return `${record.node} ${record.change} as a manager, ${record.members} in all`;
    case 'manager.started':
      return `manager of ${record.node} started`;
    case 'manager.stopped':
      return `manager of ${record.node} stopped (${record.why})`;
    case 'manager.forced':
      return `${record.node} is the only manager of a new cluster${record.lost === 0 ? '' : `, without the last ${record.lost} entries`}`;
    case 'fault.injected':
      return `${record.fault}: ${record.target}`;
    case 'container.exited':
      return `container ${record.container} on ${record.node} exited (${record.exitCode})`;
    default:
      return undefined;
  }
}

/** What nodes are compared by: `0 tasks of the service, 2 in all`. */
export function describeRank({ failures, ofService, total }: Rank): string {
  const failed = failures === 0 ? '' : `${failures} recent failures, `;
  return `${failed}${ofService} ${ofService === 1 ? 'task' : 'tasks'} of the service, ${total} in all`;
}

function isRanked(record: Partial<Rank>): record is Rank {
  return record.total !== undefined;
}

function task(record: TaskRecord): string {
  const name = nameOfTask({ serviceName: record.name, slot: record.slot, nodeId: record.node });
  return record.node === '' || record.slot === 0 ? name : `${name} on ${record.node}`;
}
