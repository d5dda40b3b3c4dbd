import { TaskState } from '../../api/index.ts';
import type { Swarm } from '../../swarm/index.ts';
import type { Story } from './story.ts';

export const quorumLoss: Story = {
  name: 'quorum-loss',
  title: 'Quorum loss',
  swarm: { managers: 3, workers: 2 },
  steps: [
    {
      title: 'three managers, and something that runs',
      lesson: 'A change is made when a majority of the managers, two of three, have written it down.',
      act(swarm) {
        swarm.services.create({ name: 'web', image: 'web:v1', replicas: 4, constraints: ['node.role == worker'] });
        swarm.runUntilSettled();
      },
      typed: [['m1', 'node ls']],
    },
    {
      title: 'one manager dies',
      lesson: 'Two are left, and two are a majority of three: nothing is lost but the safety to lose another.',
      act(swarm) {
        swarm.node('m3').crash();
        swarm.run({ for: '20s' });
      },
      typed: [['m1', 'service scale --detach web=5']],
    },
    {
      title: 'a second one dies',
      lesson:
        'One is left. Its heartbeats are not answered, so it steps down: it cannot know whether others lead meanwhile.',
      act(swarm) {
        swarm.runUntilSettled();
        swarm.node('m2').crash();
        swarm.runUntil(() => swarm.leader === undefined);
      },
    },
    {
      title: 'nobody answers',
      lesson: 'Without a leader there are no changes, and no answers either: even reading goes through the leader.',
      typed: [
        ['m1', 'node ls'],
        ['m1', 'service scale --detach web=6'],
      ],
    },
    {
      title: 'what runs, runs on; what falls, stays down',
      lesson: `Workers keep their containers when they have no manager. This one fails, and nobody is there to replace it: four of five
are left.`,
      act(swarm) {
        failOne(swarm);
        swarm.run({ for: '1m' });
      },
    },
    {
      title: 'one of the dead is back',
      lesson: `Two of three are there again. They elect a leader, the workers report to it, and the failed task is replaced. Nothing had
to be repaired by hand.`,
      act(swarm) {
        swarm.node('m2').boot();
        swarm.run({ for: '1m' });
      },
      typed: [
        ['m1', 'node ls'],
        ['m1', 'service ls'],
      ],
    },
  ],
};

function failOne(swarm: Swarm): void {
  const running = swarm.tasks().find(({ nodeId, status }) => nodeId === 'w1' && status.state === TaskState.RUNNING);
  if (running) swarm.exit(running, 1);
}
