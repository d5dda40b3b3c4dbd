/**
 * A node among the managers: the certificate that says its role, the manager that it runs if it is one, and what it
 * does to become one or to cease to be one (swarmkit node/node.go, superviseManager; ca/renewer.go; moby
 * daemon/cluster/noderunner.go).
 */
import type { NodeRole } from '../api/index.ts';
import { assert, type Micros, millis, seconds } from '../base/index.ts';
import { forcing, joining, type ManagerDisk, phaseOf, restarting, type Start } from '../manager/index.ts';
import type { MemberId } from '../raft/index.ts';
import { type EventId, HashStream } from '../sim/index.ts';
import type { HostTimer } from './events.ts';
import { ManagerProcess, type ManagerProcessState } from './manager-process.ts';
import type { MembershipAnswer, MembershipQuestion, SessionNews } from './parcels.ts';
import type { ControlRecords } from './records.ts';
import { OBSERVATION, Remotes } from './remotes.ts';
import type { World } from './world.ts';

/** What is on the disk of a manager. Erased when it ceases to be one. */
interface RaftData {
  readonly member: MemberId;
  readonly disk: ManagerDisk;
  /** The unlock key that it is encrypted with, by how often it was rotated; undefined where nobody needs one. */
  readonly lock: number | undefined;
}

interface HostData {
  /** The role that its certificate says. On disk. */
  certificate: NodeRole;
  data: RaftData | undefined;
  /** How often a manager was started here. */
  life: number;
  /** The role that it was last told to have. */
  wanted: NodeRole;
  /** The role that the next certificate has to say. */
  expected: NodeRole | undefined;
  /** Renewals in a row that brought the wrong certificate, or none. */
  failedRenewals: number;
  failedJoins: number;
  /**
   * `joining`: it asks to be a member. `thrown-out`: its manager has stopped, and it waits for the certificate of a
   * worker; `renewing`: it has asked for one itself; `locked`: its data has to be unlocked first.
   */
  phase: 'idle' | 'running' | 'locked' | 'joining' | 'thrown-out' | 'renewing';
  /** Numbers its questions, so that late answers are told. */
  attempt: number;
  /** The manager that was asked for a certificate. */
  asked: string | undefined;
  draws: number;
}

export interface ManagerHostState {
  readonly data: Readonly<HostData>;
  readonly timers: readonly (readonly [HostTimer, EventId])[];
  readonly remotes: readonly (readonly [string, number])[];
  readonly process: ManagerProcessState | undefined;
}

/** For the leader to set the role before the new certificate is asked for. */
const RENEWAL_PAUSE = millis(500);
const CALL_LIMIT = seconds(5);
const JOIN_LIMIT = seconds(25);
/** How long a manager that was thrown out waits for the certificate of a worker (roleChangeTimeout). */
const ROLE_CHANGE_LIMIT = seconds(16);
const RENEWAL_BACKOFF = { base: seconds(5), factor: seconds(5), longest: seconds(3600) } as const;
const JOIN_BACKOFF = { first: millis(100), longest: seconds(30) } as const;

export interface ManagerHostOptions {
  readonly name: string;
  readonly role: NodeRole;
  readonly world: World;
  /** The managers that it knows to begin with. */
  readonly managers: readonly string[];
}

export class ManagerHost {
  readonly name: string;
  readonly #world: World;
  readonly #luck: HashStream;
  readonly #data: HostData;
  readonly #timers: Map<HostTimer, EventId>;
  readonly #remotes: Remotes;
  #process: ManagerProcess | undefined;

  constructor({ name, role, world, managers }: ManagerHostOptions, state?: ManagerHostState) {
    this.name = name;
    this.#world = world;
    this.#luck = new HashStream(world.options.seed, `host/${name}`);
    this.#data = state ? { ...state.data } : newData(role);
    this.#timers = new Map(state?.timers);
    this.#remotes = new Remotes(state?.remotes);
    if (!state) for (const manager of managers) this.#remotes.observe(manager, OBSERVATION);
    if (state?.process) this.#process = this.#createProcess(state.process.life, state.process);
  }

  get process(): ManagerProcess | undefined {
    return this.#process;
  }

  get isManager(): boolean {
    return this.#data.certificate === 'manager';
  }

  /** It asks to be a member, and can be reached by those who are. */
  get isJoining(): boolean {
    return this.#data.phase === 'joining';
  }

  /** Its manager was started again and cannot read its data. */
  get isLocked(): boolean {
    return this.#data.phase === 'locked';
  }

  /** The unlock key that is needed to start its manager again, by how often it was rotated. */
  get lock(): number | undefined {
    return this.#process ? undefined : this.#data.data?.lock;
  }

  /** Its agent's next manager: its own, or one of those that it knows. */
  selectManager(): string | undefined {
    return this.#process ? this.name : this.#remotes.select(this.#draw());
  }

  /** A session of its agent is over. It counts against the manager, however it ended (swarmkit agent/session.go, close). */
  noteSessionEnd(manager: string): void {
    if (manager !== this.name) this.#remotes.observeIfKnown(manager, -OBSERVATION);
  }

  /** What its agent was told with its session. */
  noteNews({ role, managers }: SessionNews): void {
    this.#remotes.replace(managers);
    const data = this.#data;
    if (role === data.wanted) return;
    data.wanted = role;
    data.expected = role;
    this.#renewAfter(RENEWAL_PAUSE);
  }

  /** The node is new: with the certificate of a manager it asks to be a member. */
  join(): void {
    if (this.isManager) this.#askToJoin();
  }

  /** Starts a manager that was put here. */
  start(start: Start): ManagerProcess {
    this.#data.life += 1;
    this.#data.phase = 'running';
    this.#process = this.#createProcess(this.#data.life, start);
    return this.#process;
  }

  crash(): void {
    this.#stop();
    this.#cancelAll();
    this.#data.phase = 'idle';
  }

  /** Its machine leaves the swarm. A member of the raft group it remains, for the others to remove. */
  leave(): void {
    if (this.#process) this.#stopForGood('left');
    this.#cancelAll();
    this.#remotes.replace([]);
    const { life, attempt, draws } = this.#data;
    Object.assign(this.#data, { ...newData('worker'), life, attempt, draws });
  }

  /** Its machine joins a swarm again. */
  enrol(role: NodeRole, managers: readonly string[]): void {
    Object.assign(this.#data, { certificate: role, wanted: role });
    this.#remotes.replace(managers);
  }

  boot(): void {
    const data = this.#data;
    data.wanted = data.certificate;
    data.expected = undefined;
    data.failedRenewals = 0;
    if (!this.isManager) return;
    if (this.lock !== undefined) data.phase = 'locked';
    else this.#goOn();
  }

  /** `docker swarm unlock`, with the right key. */
  unlock(): void {
    if (this.isLocked) this.#goOn();
  }

  /**
   * Makes the manager here the only one (`docker swarm init --force-new-cluster`). Returns the last entry of the log that
   * it knew to be committed; undefined where there is no manager.
   */
  forceNewCluster(): number | undefined {
    if (this.isLocked) return undefined;
    this.#stop();
    const { data } = this.#data;
    if (!data) return undefined;
    this.#remotes.replace([this.name]);
    this.#run(forcing(data.member, data.disk));
    return data.disk.hardState.commit;
  }

  receive(answer: MembershipAnswer): void {
    if (answer.attempt !== this.#data.attempt) return;
    switch (answer.kind) {
      case 'role.answered':
        this.#cancel('renewal-timeout');
        this.#noteIssuer(OBSERVATION);
        return this.#certified(answer.role);
      case 'role.refused':
        this.#cancel('renewal-timeout');
        this.#noteIssuer(-OBSERVATION);
        return this.#renewalFailed();
      case 'join.answered':
        this.#cancel('join-timeout');
        return this.#run(joining(answer.member, answer.members));
      case 'join.refused':
        this.#cancel('join-timeout');
        return this.#joinFailed();
    }
  }

  handle(timer: HostTimer): void {
    this.#timers.delete(timer);
    switch (timer) {
      case 'removed':
        return this.#thrownOut();
      case 'renew':
        return this.#renew();
      case 'renewal-timeout':
        this.#noteIssuer(-OBSERVATION);
        return this.#renewalFailed();
      case 'join':
        return this.#askToJoin();
      case 'join-timeout':
        return this.#joinFailed();
      case 'role-timeout':
        return this.#roleOverdue();
    }
  }

  checkpoint(): ManagerHostState {
    return {
      data: { ...this.#data },
      timers: [...this.#timers],
      remotes: this.#remotes.checkpoint(),
      process: this.#process?.checkpoint(),
    };
  }

  // -------------------------------------------------------------------------------------------------------------
  // The manager

  #goOn(): void {
    const { data } = this.#data;
    if (data) this.#run(restarting(data.member, data.disk));
    else this.#askToJoin();
  }

  #run(start: Start): void {
    this.#data.failedJoins = 0;
    const { trace } = this.#world;
    if (trace.enabled) trace.record('manager.started', { node: this.name }, { by: this.name });
    this.start(start).raft.start();
  }

  #createProcess(life: number, start: Start | ManagerProcessState): ManagerProcess {
    const { name } = this;
    const world = this.#world;
    // The rest of the present round, and the acknowledgement of the removal, come before the end.
    const removed = () => this.#wake('removed', 0);
    return new ManagerProcess({ name, node: this.#node, life, world, removed }, start);
  }

  #stop(): void {
    const process = this.#process;
    if (!process) return;
    this.#data.data = { member: process.raft.member.id, disk: process.disk, lock: process.lock };
    this.#process = undefined;
    this.#data.phase = 'idle';
    process.end();
  }

  #stopForGood(why: ControlRecords['manager.stopped']['why']): void {
    const { trace } = this.#world;
    if (trace.enabled) trace.record('manager.stopped', { node: this.name, why }, { by: this.name });
    this.#stop();
    this.#data.data = undefined;
  }

  /** It may be that the node has not heard yet that it is a worker now. */
  #thrownOut(): void {
    if (!this.#process) return;
    this.#stopForGood('removed');
    if (!this.isManager) return;
    this.#data.phase = 'thrown-out';
    this.#wake('role-timeout', ROLE_CHANGE_LIMIT);
  }

  #roleOverdue(): void {
    const data = this.#data;
    if (data.phase === 'thrown-out') {
      data.phase = 'renewing';
      this.#renewAfter(RENEWAL_PAUSE);
      this.#wake('role-timeout', ROLE_CHANGE_LIMIT);
    } else if (data.phase === 'renewing') this.#askToJoin();
  }

  // -------------------------------------------------------------------------------------------------------------
  // The certificate

  #renewAfter(pause: Micros): void {
    this.#cancel('renewal-timeout');
    this.#wake('renew', pause);
  }

  /** How it went with the manager that was asked (swarmkit ca/certificates.go, GetRemoteSignedCertificate). */
  #noteIssuer(weight: number): void {
    const { asked } = this.#data;
    if (asked !== undefined) this.#remotes.observeIfKnown(asked, weight);
  }

  #renew(): void {
    if (!this.#ask('role.asked')) return this.#renewalFailed();
    this.#wake('renewal-timeout', CALL_LIMIT);
  }

  #renewalFailed(): void {
    const { base, factor, longest } = RENEWAL_BACKOFF;
    const backoff = Math.min(longest, base + factor * 2 ** this.#data.failedRenewals);
    this.#data.failedRenewals += 1;
    this.#wake('renew', Math.floor(this.#draw() * backoff));
  }

  #certified(role: NodeRole): void {
    const data = this.#data;
    if (data.expected !== undefined && role !== data.expected) return this.#renewalFailed();
    data.failedRenewals = 0;
    data.certificate = role;
    if (role === 'worker') {
      this.#cancel('role-timeout');
      this.#cancel('join');
      this.#cancel('join-timeout');
      if (this.#process) this.#stopForGood('demoted');
      data.phase = 'idle';
    } else if (data.phase === 'idle') this.#askToJoin();
  }

  // -------------------------------------------------------------------------------------------------------------
  // Joining

  #askToJoin(): void {
    this.#data.phase = 'joining';
    if (!this.#ask('join.asked')) return this.#joinFailed();
    this.#wake('join-timeout', JOIN_LIMIT);
  }

  #joinFailed(): void {
    const pause = Math.min(JOIN_BACKOFF.longest, JOIN_BACKOFF.first * 2 ** this.#data.failedJoins);
    this.#data.failedJoins += 1;
    this.#wake('join', pause);
  }

  // -------------------------------------------------------------------------------------------------------------

  /** Asks some manager, not its own. False where none is known. */
  #ask(kind: MembershipQuestion['kind']): boolean {
    const manager = this.#remotes.select(this.#draw(), this.name);
    if (manager === undefined) return false;
    this.#data.attempt += 1;
    this.#data.asked = manager;
    const { wire, kernel } = this.#world;
    const parcel: MembershipQuestion = { kind, node: this.#node, attempt: this.#data.attempt };
    wire.send({ from: this.name, to: manager, channel: 'manager', parcel, priority: phaseOf(kernel) });
    return true;
  }

  get #node(): string {
    const node = this.#world.nodeAt(this.name);
    assert(node !== undefined, 'a machine in no swarm has nothing to do with managers');
    return node;
  }

  #wake(what: HostTimer, after: Micros): void {
    this.#cancel(what);
    const { kernel } = this.#world;
    this.#timers.set(what, kernel.schedule(kernel.now + after, { kind: 'host.due', node: this.name, what }));
  }

  #cancel(what: HostTimer): void {
    const timer = this.#timers.get(what);
    if (timer !== undefined) this.#world.kernel.cancel(timer);
    this.#timers.delete(what);
  }

  #cancelAll(): void {
    for (const timer of this.#timers.values()) this.#world.kernel.cancel(timer);
    this.#timers.clear();
  }

  #draw(): number {
    const { draws } = this.#data;
    this.#data.draws += 1;
    return this.#luck.unit(draws);
  }
}

function newData(role: NodeRole): HostData {
  return {
    certificate: role,
    data: undefined,
    life: 0,
    wanted: role,
    expected: undefined,
    failedRenewals: 0,
    failedJoins: 0,
    phase: 'idle',
    attempt: 0,
    asked: undefined,
    draws: 0,
  };
}
