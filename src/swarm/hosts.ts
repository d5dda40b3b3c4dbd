/** The nodes among the managers, and what they know together: who leads, and whose objects are the best to look at. */
import type { MemberId } from '../raft/index.ts';
import { MemoryStore, type StoreCheckpoint } from '../store/index.ts';
import type { MachineRaft } from './machine-raft.ts';
import type { ManagerHost } from './manager-host.ts';
import type { ManagerProcess } from './manager-process.ts';
import type { ManagerReading } from './parcels.ts';

export class Hosts {
  readonly #hosts = new Map<string, ManagerHost>();
  /** What the last manager knew, for as long as there is none. */
  readonly #lastStore = new MemoryStore();

  constructor(lastStore?: StoreCheckpoint) {
    if (lastStore) this.#lastStore.restore(lastStore);
  }

  add(host: ManagerHost): void {
    this.#hosts.set(host.name, host);
  }

  get(node: string): ManagerHost | undefined {
    return this.#hosts.get(node);
  }

  all(): readonly ManagerHost[] {
    return [...this.#hosts.values()];
  }

  /** The manager that leads; of two that think so, the one of the later term. */
  get leader(): ManagerProcess | undefined {
    let leader: ManagerProcess | undefined;
    for (const { process } of this.#hosts.values())
      if (process?.isLeader && process.raft.member.term > (leader?.raft.member.term ?? -1)) leader = process;
    return leader;
  }

  /** The leader, or else of the managers that are there the one that has applied most. */
  get bestInformed(): ManagerProcess | undefined {
    const { leader } = this;
    if (leader) return leader;
    let best: ManagerProcess | undefined;
    for (const { process } of this.#hosts.values())
      if (process && process.raft.member.appliedIndex > (best?.raft.member.appliedIndex ?? -1)) best = process;
    return best;
  }

  /** The objects as {@link bestInformed} has them; without any manager, as the last one had them. */
  get store(): MemoryStore {
    return this.bestInformed?.store ?? this.#lastStore;
  }

  /** The members of the raft group as {@link bestInformed} sees them. */
  members(): readonly ManagerReading[] {
    return this.bestInformed?.managers() ?? [];
  }

  /** Changes with everything here that may let a swarm settle. */
  get stamp(): string {
    const { bestInformed, leader } = this;
    return `${bestInformed?.name} ${bestInformed?.store.index} ${leader?.raft.member.term}`;
  }

  /** Where a client calls that has no preference: the leader, else the first manager whose machine is awake. */
  defaultFor(isAwake: (node: string) => boolean): string {
    const { leader } = this;
    if (leader && isAwake(leader.name)) return leader.name;
    const managers = this.all().filter(({ isManager }) => isManager);
    return (managers.find(({ name }) => isAwake(name)) ?? managers[0])?.name ?? '';
  }

  /** Whether some manager can reach enough others for an election. */
  canElect(areConnected: (one: string, other: string) => boolean): boolean {
    return this.all().some(({ process }) => {
      if (!process) return false;
      const { name, raft, memberAddresses } = process;
      const { members } = raft.member;
      const reachable = memberAddresses.filter(
        (address, index) =>
          this.#hosts.get(address)?.process?.raft.member.id === members[index] && areConnected(name, address),
      );
      return reachable.length > members.length / 2;
    });
  }

  /** What members of a raft group run, or undefined where one of them is not there. */
  groupOf(members: readonly MemberId[], addressOf: (member: MemberId) => string): readonly MachineRaft[] | undefined {
    const group: MachineRaft[] = [];
    for (const id of members) {
      const raft = this.#hosts.get(addressOf(id))?.process?.raft;
      if (raft?.member.id !== id) return undefined;
      group.push(raft);
    }
    return group;
  }

  /** A machine goes down. */
  crash(machine: string): void {
    this.#end(machine, (host) => host.crash());
  }

  /** A machine leaves the swarm. */
  leave(machine: string): void {
    this.#end(machine, (host) => host.leave());
  }

  lastStore(): StoreCheckpoint {
    return this.#lastStore.checkpoint();
  }

  #end(machine: string, end: (host: ManagerHost) => void): void {
    const { store } = this;
    const host = this.#hosts.get(machine);
    if (host) end(host);
    if (!this.bestInformed) this.#lastStore.restore(store.checkpoint());
  }
}
