import type { Story } from './story.ts';

export const leaderElection: Story = {
  name: 'leader-election',
  title: 'Leader election',
  swarm: { managers: 3 },
  steps: [
    {
      title: 'three managers, one leader',
      lesson: 'All managers hold the whole state. One of them leads: every change goes through it.',
      act: (swarm) => swarm.runUntilSettled(),
      typed: [['m1', 'node ls']],
    },
    {
      title: "the leader's machine dies",
      lesson: `The others hear no heartbeats any more. Each waits for a time of its own, drawn at random, before it stands for
election, so that seldom two do so at once. Two of three are a majority: the one who stands first is elected.`,
      act(swarm) {
        swarm.node('m1').crash();
        swarm.runUntil(() => swarm.leader !== undefined && swarm.leader.name !== 'm1');
      },
    },
    {
      title: 'the swarm works on',
      lesson: `To begin with the new leader knows of no node whether it is there. They report to it within seconds; one that does not
report within its grace is taken to be down.`,
      act: (swarm) => swarm.run({ for: '10s' }),
      typed: [
        ['m2', 'service create --detach --quiet --name web --replicas 4 web:v1'],
        ['m3', 'node ls'],
      ],
    },
    {
      title: 'the old leader returns',
      lesson: 'It learns of the later term, catches up and follows. Nobody gives the lead back.',
      act(swarm) {
        swarm.node('m1').boot();
        swarm.run({ for: '30s' });
      },
      typed: [['m1', 'node ls']],
    },
    {
      title: 'a follower is cut off',
      lesson: `It hears of nobody, and stands for election again and again. Nobody answers, but its term grows each time. The others
do not miss it.`,
      act(swarm) {
        swarm.node('m1').disconnect();
        swarm.run({ for: '20s' });
      },
      typed: [['m2', 'service scale --detach web=5']],
    },
    {
      title: 'it comes back, and the healthy leader falls',
      lesson: `Its term is higher than that of the leader, who steps down when it hears of it. SwarmKit does not ask before an
election whether it could be won (Raft's pre-vote), so a manager at a bad line costs the swarm its leader.`,
      act(swarm) {
        swarm.node('m1').reconnect();
        swarm.run({ for: '20s' });
      },
      typed: [['m2', 'node ls']],
    },
  ],
};
