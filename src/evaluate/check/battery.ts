/** The standard battery: what may become of a release, or be done to a service that runs. */
import { DEFAULT_RESTART_POLICY } from '../../api/index.ts';
import type { NodeHandle, Swarm } from '../../swarm/index.ts';
import { busiestNodes, isExpendable, reaches, runningTasks, startingTasks } from './moments.ts';
import type { RolloutCase } from './rollout-case.ts';

export const good: RolloutCase = { id: 'good', describe: 'a good release', next: {} };

export const neverStarts: RolloutCase = {
  id: 'never-starts',
  describe: 'a release whose containers cannot be started',
  next: { start: { fails: {} } },
};

export const diesAtStart: RolloutCase = {
  id: 'dies-at-start',
  describe: 'a release whose containers die 1 s after starting',
  next: { fails: { after: '1s' } },
};

export const diesAfter10s: RolloutCase = {
  id: 'dies-after-10s',
  describe: 'a release whose containers die 10 s after starting',
  next: { fails: { after: '10s' } },
};

export const diesAfter30s: RolloutCase = {
  id: 'dies-after-30s',
  describe: 'a release whose containers die 30 s after starting',
  next: { fails: { after: '30s' } },
};

export const missingImage: RolloutCase = {
  id: 'missing-image',
  describe: 'a release whose image the registry does not have',
  next: { missing: true },
};

export const neverAnswers: RolloutCase = {
  id: 'never-answers',
  describe: 'a release whose containers run but do not answer',
  next: { neverHealthy: true },
};

export const stopsAnswering: RolloutCase = {
  id: 'stops-answering',
  describe: 'a release whose containers answer for 20 s and then no more',
  next: { unhealthy: { after: '20s' } },
};

export const slowPull: RolloutCase = {
  id: 'slow-pull',
  describe: 'a release whose image takes 3 minutes to pull',
  next: { pull: '3m' },
};

/** The containers of the first so many tasks of the new image die at their start; those that replace them do not. */
export function someDie(count: number): RolloutCase {
  return {
    id: `${count}-die`,
    describe: `a release of which ${count} ${count === 1 ? 'container dies' : 'containers die'} 1 s after starting`,
    next: { fails: { after: '1s', nth: [1, count] } },
  };
}

export const firstIsGood: RolloutCase = { id: 'first-good', describe: 'a good first deployment', isFirst: true };

export const firstDies: RolloutCase = {
  id: 'first-dies',
  describe: 'a first deployment whose containers die 1 s after starting',
  isFirst: true,
  failsForGood: true,
  next: { fails: { after: '1s' } },
};

export const firstWaits: RolloutCase = {
  id: 'first-waits',
  describe: 'a first deployment whose containers die eight times, until what they need is there',
  isFirst: true,
  next: { fails: { after: '1s', attempts: [1, 8] } },
  meanwhile(swarm, { spec }) {
    const { delay = DEFAULT_RESTART_POLICY.delay! } = spec.task.restart ?? {};
    swarm.run({ for: 8 * delay });
  },
};

export const jobFails: RolloutCase = {
  id: 'job-fails',
  describe: 'a job whose containers die 1 s after starting',
  isFirst: true,
  failsForGood: true,
  next: { fails: { after: '1s' } },
};

export const stopsCleanly: RolloutCase = {
  id: 'stops-cleanly',
  describe: 'a container that turns unhealthy, and whose process exits with 0 when it is told to stop',
  isFirst: true,
  next: { unhealthy: { after: '1m', attempts: 1 }, stop: { takes: '1s', exitCode: 0 } },
  meanwhile(swarm) {
    swarm.run({ for: '10m' });
  },
};

export const scaledMeanwhile: RolloutCase = {
  id: 'scaled-meanwhile',
  describe: 'scaling up by one while the new tasks of a good release are starting',
  next: {},
  meanwhile(swarm, { name, newImage }) {
    if (!reaches(swarm, () => startingTasks(swarm, name, newImage).length > 0)) return;
    const service = swarm.service(name);
    service.scale(service.replicas + 1);
  },
};

export const deployedAgain: RolloutCase = {
  id: 'deployed-again',
  describe: 'deploying the same files again while a release is under way whose containers cannot be started',
  next: { start: { fails: {} } },
  meanwhile(swarm, { name, newImage, deployAgain }) {
    if (reaches(swarm, () => startingTasks(swarm, name, newImage).length > 0)) deployAgain();
  },
};

export const rolledBack: RolloutCase = {
  id: 'rolled-back',
  describe: 'taking a good release back by hand',
  next: {},
  meanwhile(swarm, { name }) {
    const service = swarm.service(name);
    if (reaches(swarm, () => service.updateStatus?.state === 'completed', '12h')) service.rollback();
  },
};

export const nodeDies: RolloutCase = {
  id: 'node-dies',
  describe: 'a node that dies while a new task of a good release is starting on it',
  next: {},
  losesNode: true,
  meanwhile(swarm, { name, newImage }) {
    crashStarting(swarm, name, newImage);
  },
};

export const nodeReboots: RolloutCase = {
  id: 'node-reboots',
  describe: 'a node that dies while a new task of a good release is starting on it, and is back after two minutes',
  next: {},
  losesNode: true,
  meanwhile(swarm, { name, newImage }) {
    const node = crashStarting(swarm, name, newImage);
    if (node) swarm.schedule({ action: 'boot', node: node.id }, { after: '2m' });
  },
};

/** Crashes a node that a new task is starting on, as soon as there is one that the managers can do without. */
function crashStarting(swarm: Swarm, name: string, image: string): NodeHandle | undefined {
  const service = swarm.service(name);
  let node: NodeHandle | undefined;
  reaches(
    swarm,
    () => {
      const nodes = startingTasks(swarm, name, image).map(({ nodeId }) => swarm.node(nodeId));
      node = nodes.find((candidate) => isExpendable(swarm, candidate));
      return node !== undefined || (service.updateStatus?.state ?? 'updating') !== 'updating';
    },
    '12h',
  );
  node?.crash();
  return node;
}

export const leaderDies: RolloutCase = {
  id: 'leader-dies',
  describe: 'the death of the leader when all slots run a release whose containers die 30 s after starting',
  next: { fails: { after: '30s' } },
  managers: 3,
  meanwhile(swarm, { name, newImage }) {
    const slots = swarm.service(name).running;
    const isThere = reaches(swarm, () => runningTasks(swarm, name, newImage) >= slots);
    if (isThere) swarm.leader?.crash();
  },
};

export const drained: RolloutCase = {
  id: 'drained',
  describe: 'draining the node with most of its tasks',
  meanwhile(swarm, { name }) {
    busiestNodes(swarm, name)[0]?.drain();
  },
};

export const nodeLost: RolloutCase = {
  id: 'node-lost',
  describe: 'the death of the node with most of its tasks',
  losesNode: true,
  meanwhile(swarm, { name }) {
    const node = busiestNodes(swarm, name).find((candidate) => isExpendable(swarm, candidate));
    if (!node) return;
    node.crash();
    reaches(swarm, () => node.state === 'down');
  },
};

export const nodeReturns: RolloutCase = {
  id: 'node-returns',
  describe: 'the node with most of its tasks being off the network for two minutes',
  losesNode: true,
  meanwhile(swarm, { name }) {
    const node = busiestNodes(swarm, name).find((candidate) => isExpendable(swarm, candidate));
    if (!node) return;
    node.disconnect();
    swarm.run({ for: '2m' });
    node.reconnect();
    reaches(swarm, () => node.state === 'ready');
  },
};

const CASES: readonly RolloutCase[] = [
  good,
  neverStarts,
  diesAtStart,
  diesAfter10s,
  diesAfter30s,
  missingImage,
  neverAnswers,
  stopsAnswering,
  slowPull,
  firstIsGood,
  firstDies,
  firstWaits,
  jobFails,
  stopsCleanly,
  scaledMeanwhile,
  deployedAgain,
  rolledBack,
  nodeDies,
  nodeReboots,
  leaderDies,
  drained,
  nodeLost,
  nodeReturns,
];

/** The case of that name; undefined for one that the battery does not have. */
export function caseOf(id: string): RolloutCase | undefined {
  const count = /^([1-9]\d*)-die$/.exec(id)?.[1];
  return count === undefined ? CASES.find((known) => known.id === id) : someDie(Number(count));
}
