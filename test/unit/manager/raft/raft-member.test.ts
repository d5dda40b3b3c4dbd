import { describe, expect, it } from 'vitest';
import { DEFAULT_CLUSTER_SPEC } from '../../../../src/api/index.ts';
import { seconds } from '../../../../src/base/index.ts';
import { forcing, founding, joining, LOST_LEADER, restarting } from '../../../../src/manager/index.ts';
import { entriesOf } from '../../../../src/raft/index.ts';
import { DrivenMember, settle } from '../../../support/raft-driver.ts';

/** Members of one cluster, the first of which leads. */
function cluster(count: number): DrivenMember[] {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const members = ids.map((id) => new DrivenMember(founding(id, ids)));
  settle(...members);
  members[0]!.member.campaign();
  settle(...members);
  return members;
}

function elect(candidate: DrivenMember, ...others: readonly DrivenMember[]): void {
  // The lease of the others has to run out before they vote.
  for (const { member } of others) for (let tick = 0; tick < 10; tick += 1) member.tick();
  for (const { outbox } of others) outbox.length = 0;
  candidate.member.campaign();
  settle(candidate, ...others);
}

describe('a manager alone', () => {
  it('leads at once and commits without waiting for anybody', () => {
    const [alone] = cluster(1);

    expect(alone!.signals).toEqual([true]);
    expect(alone!.createService('web')).toBe('committed');
    expect(alone!.services).toEqual(['web']);
  });

  it('stamps what it writes with the index that is committed when it begins', () => {
    const [alone] = cluster(1);
    const { version } = alone!.member;

    alone!.createService('web');

    expect(alone!.store.services.get('web')?.version).toBe(version);
    expect(alone!.member.version).toBe(version + 1);
  });

  it('has everything again after a restart from its disk', () => {
    const [alone] = cluster(1);
    alone!.createService('web');

    const restarted = new DrivenMember(restarting(1, alone!.disk));

    expect(restarted.services).toEqual(['web']);
    expect(restarted.signals).toEqual([true]);
  });
});

describe('a write among three managers', () => {
  it('is in every store once a quorum has it', () => {
    const [leader, second, third] = cluster(3) as [DrivenMember, DrivenMember, DrivenMember];

    expect(leader.createService('web')).toBe('pending');
    expect(leader.services).toEqual([]);
    settle(leader, second, third);

    for (const { services } of [leader, second, third]) expect(services).toEqual(['web']);
    expect(second.replicated).toEqual([{ term: 2, index: 5 }]);
  });

  it('needs no more than a quorum', () => {
    const [leader, second] = cluster(3) as [DrivenMember, DrivenMember];

    leader.createService('web');
    settle(leader, second);

    expect(leader.services).toEqual(['web']);
  });

  it('is refused by a manager that does not lead', () => {
    const [, second] = cluster(3) as [DrivenMember, DrivenMember];

    expect(second.createService('web')).toMatchObject({ status: 'Unknown', message: LOST_LEADER });
  });

  it('may still be committed by the next leader after its own one has given it up', () => {
    const [leader, second, third] = cluster(3) as [DrivenMember, DrivenMember, DrivenMember];
    leader.createService('web');
    for (const message of leader.outbox.splice(0)) if (message.to === 2) second.member.step(message);

    elect(second, third);
    expect(second.services).toEqual(['web']);
    settle(leader, second, third);
    second.member.tick();
    settle(leader, second, third);

    expect(leader.signals).toEqual([true, false]);
    expect(leader.services).toEqual(['web']);
  });

  it('is gone for good where nobody else had it', () => {
    const [leader, second, third] = cluster(3) as [DrivenMember, DrivenMember, DrivenMember];
    leader.createService('web');
    leader.outbox.length = 0;

    elect(second, third);
    second.createService('api');
    settle(second, third);
    second.member.tick();
    settle(leader, second, third);

    for (const { services } of [leader, second, third]) expect(services).toEqual(['api']);
  });
});

describe('a disk', () => {
  it('holds up acknowledgements until it has written', () => {
    const [leader, second] = cluster(2) as [DrivenMember, DrivenMember];
    second.isDiskSlow = true;

    leader.createService('web');
    settle(leader, second);
    expect(leader.services).toEqual([]);

    second.member.written();
    settle(leader, second);
    expect(leader.services).toEqual(['web']);
  });

  it('makes up to one tick wait', () => {
    const [leader, second] = cluster(2) as [DrivenMember, DrivenMember];
    leader.isDiskSlow = true;
    leader.createService('web');
    leader.outbox.length = 0;

    for (let tick = 0; tick < 3; tick += 1) leader.member.tick();
    expect(leader.outbox).toEqual([]);
    leader.isDiskSlow = false;
    leader.member.written();

    expect(leader.outbox.filter(({ type }) => type === 'heartbeat')).toHaveLength(1);
    settle(leader, second);
  });

  it('has nothing of what it was writing when the machine went', () => {
    const [leader] = cluster(1) as [DrivenMember];
    leader.isDiskSlow = true;
    leader.createService('web');

    const restarted = new DrivenMember(restarting(1, leader.disk));

    expect(restarted.services).toEqual([]);
  });

  it('gets a snapshot every so many entries, and keeps none that the snapshot covers', () => {
    const [leader] = cluster(1) as [DrivenMember];
    const raft = { ...DEFAULT_CLUSTER_SPEC.raft, snapshotInterval: 10, logEntriesForSlowFollowers: 4 };
    leader.write((tx) => void tx.clusters.create({ id: 'cluster', spec: { ...DEFAULT_CLUSTER_SPEC, raft } }));

    for (let count = 0; count < 25; count += 1) leader.createService(`web-${count}`);

    const { snapshot, entries } = leader.disk;
    const taken = snapshot?.index ?? 0;
    expect(leader.member.appliedIndex - taken).toBeLessThanOrEqual(10);
    expect(entriesOf(entries)[0]?.index).toBe(taken + 1);
    const restarted = new DrivenMember(restarting(1, leader.disk));
    expect(restarted.services).toEqual(leader.services);
  });
});

describe('the membership', () => {
  it('grows by a manager that knows nothing, which then has everything', () => {
    const [leader] = cluster(1) as [DrivenMember];
    leader.createService('web');

    leader.member.change({ kind: 'add', member: 2 });
    const second = new DrivenMember(joining(2, leader.member.members));
    settle(leader, second);
    leader.member.tick();
    settle(leader, second);

    expect(second.services).toEqual(['web']);
    expect(second.member.members).toEqual([1, 2]);
  });

  it('takes in a manager from a snapshot that is older than its membership', () => {
    const [leader] = cluster(1) as [DrivenMember];
    const raft = { ...DEFAULT_CLUSTER_SPEC.raft, snapshotInterval: 5, logEntriesForSlowFollowers: 0 };
    leader.write((tx) => void tx.clusters.create({ id: 'cluster', spec: { ...DEFAULT_CLUSTER_SPEC, raft } }));
    for (let count = 0; count < 8; count += 1) leader.createService(`web-${count}`);

    leader.member.change({ kind: 'add', member: 2 });
    const second = new DrivenMember(joining(2, leader.member.members));
    settle(leader, second);
    leader.member.tick();
    settle(leader, second);

    expect(second.services).toEqual(leader.services);
  });

  it('tells a member that it was removed, and remembers it', () => {
    const [leader, second, third] = cluster(3) as [DrivenMember, DrivenMember, DrivenMember];

    leader.member.change({ kind: 'remove', member: 3 });
    settle(leader, second, third);

    expect(third.isRemoved).toBe(true);
    expect(leader.member.members).toEqual([1, 2]);
    expect(second.member.isRemoved(3)).toBe(true);
    expect(new DrivenMember(restarting(2, second.disk)).member.isRemoved(3)).toBe(true);
  });

  it.each([
    { members: 3, active: [1, 2, 3], target: 3, may: true },
    { members: 3, active: [1, 2], target: 3, may: true },
    { members: 3, active: [1, 2], target: 2, may: false },
    { members: 2, active: [1, 2], target: 2, may: true },
    { members: 5, active: [1, 2, 3], target: 3, may: false },
    { members: 5, active: [1, 2, 3], target: 5, may: true },
  ])('of $members with $active active lets $target go: $may', ({ members, active, target, may }) => {
    const [leader] = cluster(members) as [DrivenMember];
    leader.active = active;

    expect(leader.member.canRemove(target)).toBe(may);
  });
});

describe('a new cluster from one disk', () => {
  it('has what that manager knew to be committed, and no other member', () => {
    const [leader, second, third] = cluster(3) as [DrivenMember, DrivenMember, DrivenMember];
    leader.createService('web');
    settle(leader, second, third);
    leader.createService('api');
    settle(leader, second);

    const forced = new DrivenMember(forcing(3, third.disk));

    expect(forced.services).toEqual(['web']);
    expect(forced.member.members).toEqual([3]);
    expect(forced.member.isRemoved(1)).toBe(true);
    expect(forced.createService('new')).toBe('committed');
  });
});

describe('a leader whose store waits for more than half a minute', () => {
  it('hands leadership over', () => {
    const [leader, second, third] = cluster(3) as [DrivenMember, DrivenMember, DrivenMember];
    leader.createService('web');
    leader.outbox.length = 0;

    leader.now = seconds(31);
    leader.member.tick();
    settle(leader, second, third);

    expect(leader.roles.at(-1)).toBe('follower');
    expect([second, third].filter(({ member }) => member.role === 'leader')).toHaveLength(1);
  });
});
