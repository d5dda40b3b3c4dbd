export type { ClusterSnapshot, ManagerDisk, ManagerMessage, Proposal } from './log-data.ts';
export type { LogPlace, RaftMemberCheckpoint, RaftMemberOptions, RaftPorts } from './member-state.ts';
export { RaftMember } from './raft-member.ts';
export { forcing, founding, joining, restarting, type Start } from './start.ts';
