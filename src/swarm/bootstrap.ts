/**
 * A swarm begins as if it had been running: before time begins, its managers found a cluster, the first one is elected,
 * writes what there is and sees it replicated. All of it is done by raft itself, only that no message takes any time.
 */
import { DEFAULT_CLUSTER_SPEC } from '../api/index.ts';
import { assert } from '../base/index.ts';
import { founding, type ManagerMessage } from '../manager/index.ts';
import type { MemberId } from '../raft/index.ts';
import type { Transaction } from '../store/index.ts';
import type { ManagerHost } from './manager-host.ts';
import type { ResolvedOptions } from './options.ts';

/** The id of the cluster object. */
const CLUSTER_ID = 'cluster';

export function bootstrap(
  hosts: readonly ManagerHost[],
  newMember: (node: string) => MemberId,
  populate: (tx: Transaction) => void,
): void {
  const ids = hosts.map(({ name }) => newMember(name));
  const processes = hosts.map((host, index) => host.start(founding(ids[index]!, ids)));
  const [first] = processes;
  assert(first, 'a swarm has a manager');
  const pending: ManagerMessage[] = [];
  const settle = () => {
    for (let message = pending.shift(); message; message = pending.shift())
      processes[ids.indexOf(message.to)]!.raft.member.step(message);
  };
  for (const { raft } of processes) raft.startBeforeTime(pending);
  settle();
  first.raft.member.campaign();
  settle();
  first.found(populate);
  settle();
  for (const { raft } of processes) raft.beginTime();
}

/** The cluster object, which comes before all others. */
export function writeCluster(tx: Transaction, { taskHistoryLimit, raft }: ResolvedOptions): void {
  tx.clusters.create({
    id: CLUSTER_ID,
    spec: {
      ...DEFAULT_CLUSTER_SPEC,
      orchestration: { taskHistoryRetentionLimit: taskHistoryLimit },
      raft: { ...DEFAULT_CLUSTER_SPEC.raft, ...raft },
    },
  });
}
