import { assignmentsIn, type Law, nameOf } from '../../src/fast-check/laws/swarm/law.ts';
import { nodeMatches, parseConstraints } from '../../src/manager/index.ts';

/** Drained, paused, lost and unknown nodes get nothing new, and nobody gets what does not match. */
export const assignmentsAreAllowed: Law = {
  sentence: 'a node passes if its status is READY, its availability active, and all constraints match',
  needsInstantWrites: true,
  watch: () => ({
    committed: (commit) =>
      assignmentsIn(commit).flatMap((task) => {
        const node = commit.view.nodes.get(task.nodeId);
        if (!node) return [`${nameOf(task)} was put on a node that is not there`];
        const problems: string[] = [];
        if (node.status.state !== 'ready') problems.push(`is ${node.status.state}`);
        if (node.spec.availability !== 'active') problems.push(`has availability ${node.spec.availability}`);
        const constraints = parseConstraints(task.spec.placement?.constraints ?? []);
        if (!nodeMatches(constraints, node)) problems.push('does not match');
        return problems.map((problem) => `${nameOf(task)} was put on ${node.id}, which ${problem}`);
      }),
  }),
};
