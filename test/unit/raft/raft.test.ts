import { describe, expect, test } from 'vitest';
import type { DryswarmError } from '../../../src/base/index.ts';
import { entriesOf, persistedOf, Raft, type RaftOptions } from '../../../src/raft/index.ts';
import { Cluster } from '../../support/raft/cluster.ts';

function options(id: number, more: Partial<RaftOptions> = {}): RaftOptions {
  return { id, random: () => 0, ...more };
}

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as DryswarmError).code;
  }
}

describe('an election', () => {
  test('is won by the member whose timeout ends first', () => {
    const cluster = new Cluster(3).tick(9);
    expect(cluster.members.map(({ raft }) => raft.role)).toEqual(['follower', 'follower', 'follower']);

    cluster.tick();

    expect(cluster.members.map(({ raft }) => [raft.role, raft.term, raft.leader])).toEqual([
      ['leader', 2, 1],
      ['follower', 2, 1],
      ['follower', 2, 1],
    ]);
  });

  test('commits an empty entry of the new term first', () => {
    const { leader } = new Cluster(3).elect(2);

    const last = leader.raft.entries().at(-1)!;
    expect(last).toEqual({ kind: 'normal', term: 2, index: 4, data: undefined, bytes: 0 });
    expect(leader.raft.committed).toBe(4);
  });

  test('without a quorum ends in none, however often it is repeated', () => {
    const cluster = new Cluster(3).cutOff(2, 3).tick(100);

    expect(cluster.member(1).raft.role).toBe('candidate');
    expect(cluster.member(1).raft.term).toBe(11);
  });

  test('by a member that was cut off deposes a healthy leader, unless members ask before they stand', () => {
    const deposed = (preVote: boolean) => {
      const cluster = new Cluster(3, { preVote }).elect(1).cutOff(3).tick(20);
      cluster.join().tick(2);
      return cluster.member(1).raft.role !== 'leader' || cluster.member(1).raft.term > 2;
    };

    expect(deposed(false)).toBe(true);
    expect(deposed(true)).toBe(false);
  });

  test('begins as many ticks after word from a leader, whether they came or were skipped', () => {
    const cluster = new Cluster(3).elect(1).cutOff(1);
    const follower = cluster.member(2).raft;
    const ticksToCampaign = (skipped: number) => {
      follower.skipTo(skipped);
      let ticks = 0;
      for (; follower.role === 'follower'; ticks += 1) follower.tick();
      return ticks + skipped;
    };

    expect(follower.electionElapsed).toBe(0);
    const timeout = follower.status().electionTimeout;
    expect(ticksToCampaign(4)).toBe(timeout);
  });

  test('is ignored by members that hear a leader', () => {
    const cluster = new Cluster(3).elect(1);

    cluster.elect(3);

    expect(cluster.leader.raft.id).toBe(1);
    expect(cluster.member(2).raft.term).toBe(2);
  });

  test('is never called by a member that nobody has added', () => {
    const joiner = Raft.start(options(4));

    for (let tick = 0; tick < 100; tick += 1) joiner.tick();
    joiner.campaign();

    expect([joiner.role, joiner.term, joiner.voters]).toEqual(['follower', 0, []]);
  });
});

describe('a transfer of leadership', () => {
  test('gives the lead to the target within one election, and drops proposals meanwhile', () => {
    const cluster = new Cluster(3).elect(1);

    cluster.leader.raft.transferLeadership(3);
    expect(cluster.leader.raft.propose('meanwhile')).toBe('raft proposal dropped');
    cluster.settle();

    expect([cluster.leader.raft.id, cluster.leader.raft.term]).toEqual([3, 3]);
  });

  test('may be asked of a follower', () => {
    const cluster = new Cluster(3).elect(1);

    cluster.member(2).raft.transferLeadership(3);
    cluster.settle();

    expect(cluster.leader.raft.id).toBe(3);
  });

  test('to a member that cannot be reached is given up after an election timeout', () => {
    const cluster = new Cluster(3).elect(1).cutOff(3);

    cluster.leader.raft.transferLeadership(3);
    cluster.tick(9);
    expect(cluster.leader.raft.propose('too early')).toBe('raft proposal dropped');
    cluster.tick();

    expect(cluster.leader.raft.propose('again')).toBeUndefined();
  });
});

describe('a proposal', () => {
  test('made to a follower is forwarded, and committed everywhere', () => {
    const cluster = new Cluster(3).elect(1);

    expect(cluster.member(2).raft.propose('v1')).toBeUndefined();
    cluster.settle();

    for (const { raft } of cluster.members) {
      expect(raft.entries(raft.committed)).toEqual([{ kind: 'normal', term: 2, index: 5, data: 'v1', bytes: 2 }]);
    }
  });

  test('is dropped where no leader is known', () => {
    expect(new Cluster(3).member(1).raft.propose('v1')).toBe('raft proposal dropped');
  });

  test('of a second membership change commits as an empty entry while the first is not applied', () => {
    const cluster = new Cluster(3).elect(1);
    const { raft } = cluster.leader;

    raft.proposeConfChange({ kind: 'remove', member: 3 });
    raft.proposeConfChange({ kind: 'remove', member: 2 });
    cluster.settle();

    expect(raft.voters).toEqual([1, 2]);
    expect(raft.entries(raft.lastIndex)[0]).toMatchObject({ kind: 'normal', data: undefined });
  });
});

describe('a member', () => {
  test('gives out a checkpoint that shares its entries', () => {
    const { raft } = new Cluster(1).elect(1).leader;
    for (let count = 0; count < 1000; count += 1) raft.propose('x');

    const [one, other] = [raft.checkpoint(), raft.checkpoint()];

    expect(one.machine.log.entries).toBe(other.machine.log.entries);
  });

  test('remembers after a restart what it has stored, and applies it again', () => {
    const cluster = new Cluster(3).elect(1);
    cluster.leader.raft.propose('v1');
    cluster.settle();
    const { disk } = cluster.leader;

    const restarted = Raft.start(options(1), disk);

    expect([restarted.role, restarted.term, restarted.committed, restarted.applied]).toEqual(['follower', 2, 5, 0]);
    expect(restarted.ready().committed).toEqual(entriesOf(disk.entries));
  });

  test('forgets after a crash what it had not stored', () => {
    const cluster = new Cluster(3).elect(1);
    const { disk, raft } = cluster.leader;

    raft.propose('lost');

    expect(raft.lastIndex).toBe(5);
    expect(Raft.start(options(1), disk).lastIndex).toBe(4);
  });

  test('that removes the last voter is a mistake of the caller', () => {
    const alone = new Cluster(1).elect(1).leader.raft;

    expect(codeOf(() => alone.applyConfChange({ kind: 'remove', member: 1 }))).toBe('raft-no-voters');
  });

  test('does not start with a commit index that its log does not reach', () => {
    const disk = persistedOf({ hardState: { term: 3, vote: 0, commit: 7 } });

    expect(codeOf(() => Raft.start(options(1), disk))).toBe('raft-log-loss');
  });

  test('wants each ready to be advanced before the next', () => {
    const { raft } = new Cluster(3).member(1);

    expect(codeOf(() => raft.advance())).toBe('raft-misuse');
    raft.campaign();
    raft.ready();
    expect(codeOf(() => raft.ready())).toBe('raft-misuse');
  });

  test.each([
    [{ id: 0 }],
    [{ id: 1.5 }],
    [{ heartbeatTicks: 0 }],
    [{ electionTicks: 3, heartbeatTicks: 3 }],
    [{ maxInflightMessages: 0 }],
  ])('refuses %j', (wrong) => {
    expect(codeOf(() => Raft.start({ ...options(1), ...wrong }))).toBe('raft-options');
  });

  test('refuses to found a cluster of nobody', () => {
    expect(codeOf(() => Raft.bootstrap(options(1), []))).toBe('raft-options');
  });
});

test('the example in the documentation of Raft does what it says', () => {
  const lines: string[] = [];
  const peers = [1, 2, 3];
  const members = peers.map((id) => Raft.bootstrap({ id, random: (below) => (3 * id) % below }, peers));
  const next = () => members.find((member) => member.hasReady());
  function settle(): void {
    for (let member = next(); member; member = next()) {
      const { messages, committed } = member.ready();
      for (const message of messages) members[message.to - 1]!.step(message);
      for (const entry of committed) {
        if (entry.kind === 'conf-change') member.applyConfChange(entry.change);
        else if (entry.data) lines.push(`member ${member.id} applies ${entry.data}`);
      }
      member.advance();
    }
  }

  settle();
  while (!members.some((member) => member.role === 'leader')) {
    for (const member of members) member.tick();
    settle();
  }
  const leader = members.find((member) => member.role === 'leader')!;
  lines.push(`member ${leader.id} leads in term ${leader.term}`);
  leader.propose('hello');
  settle();

  expect(lines).toEqual([
    'member 1 leads in term 2',
    'member 1 applies hello',
    'member 2 applies hello',
    'member 3 applies hello',
  ]);
});
