export type { ClusterSnapshot, ManagerDisk, ManagerMessage, Proposal } from './log-data.ts';
export {
  type LogPlace,
  RaftMember,
  type RaftMemberCheckpoint,
  type RaftMemberOptions,
  type RaftPorts,
} from './raft-member.ts';
export { forcing, founding, joining, restarting, type Start } from './start.ts';
