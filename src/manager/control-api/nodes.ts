/** Updating and removing nodes (swarmkit manager/controlapi/node.go). */
import { type Node, TaskState } from '../../api/index.ts';
import { ApiError, type Instant } from '../../base/index.ts';
import { byNodeId, byRole, type Transaction } from '../../store/index.ts';
import type { ApiRequest } from './requests.ts';

type UpdateNode = Extract<ApiRequest, { op: 'updateNode' }>;
type RemoveNode = Extract<ApiRequest, { op: 'removeNode' }>;

/** What the control API has to know of the raft members; a manager without peers answers for itself. */
export interface Membership {
  isMember(nodeId: string): boolean;
  /** Whether removing this member now would leave too few active ones. */
  canRemove(nodeId: string): boolean;
}

export function updateNode(tx: Transaction, request: UpdateNode, membership: Membership): Node {
  const node = tx.nodes.get(request.id);
  if (!node) throw notFound(request.id);
  if (node.spec.role === 'manager' && request.spec.role === 'worker') checkDemotion(tx, node, membership);
  return tx.nodes.putIfUnchanged({ ...node, spec: request.spec, version: request.version });
}

function checkDemotion(tx: Transaction, node: Node, membership: Membership): void {
  const managers = tx.nodes.find(byRole('manager'));
  if (managers.length === 1 && managers[0]?.id === node.id) {
    throw new ApiError('FailedPrecondition', 'attempting to demote the last manager of the swarm');
  }
  if (!membership.isMember(node.id)) throw new ApiError('NotFound', "can't find manager in raft memberlist");
  if (!membership.canRemove(node.id)) {
    throw new ApiError(
      'FailedPrecondition',
      "can't remove member from the raft: this would result in a loss of quorum",
    );
  }
}

/** The node's unfinished tasks are lost with it. Its machine is not told, and refused whatever it asks for. */
export function removeNode(tx: Transaction, request: RemoveNode, membership: Membership, at: Instant): void {
  const node = tx.nodes.get(request.id);
  if (!node) throw notFound(request.id);
  if (node.spec.role === 'manager' && membership.isMember(node.id)) {
    throw new ApiError(
      'FailedPrecondition',
      `node ${node.id} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`,
    );
  }
  if (!request.force && node.status.state === 'ready') {
    throw new ApiError('FailedPrecondition', `node ${node.id} is not down and can't be removed`);
  }
  blacklist(tx, node.id);
  for (const task of tx.tasks.find(byNodeId(node.id))) {
    if (task.status.state >= TaskState.COMPLETE) continue;
    tx.tasks.put({
      ...task,
      status: {
        ...task.status,
        state: TaskState.ORPHANED,
        message: 'Task belonged to a node that has been deleted',
        timestamp: at,
      },
    });
  }
  tx.nodes.delete(node.id);
}

/** Departure: it is for ever, since certificates do not expire here. */
function blacklist(tx: Transaction, nodeId: string): void {
  const [cluster, ...others] = tx.clusters.all();
  if (!cluster || others.length > 0) throw new ApiError('Internal', 'could not fetch cluster object');
  const { blacklistedCertificates = [] } = cluster;
  tx.clusters.put({ ...cluster, blacklistedCertificates: [...blacklistedCertificates, nodeId] });
}

function notFound(id: string): ApiError {
  return new ApiError('NotFound', `node ${id} not found`);
}
