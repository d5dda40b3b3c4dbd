import { countNodes, type Filter } from './filter.ts';

/** The node is up and takes tasks (swarmkit manager/scheduler/filter.go, ReadyFilter). */
export const ready: Filter<true> = {
  name: 'ready',
  looksAtBookings: false,
  inputOf: () => true,
  check:
    () =>
    ({ node }) =>
      node.status.state === 'ready' && node.spec.availability === 'active',
  explain: (nodes) => `${countNodes(nodes)} not available for new tasks`,
  refusal: (_, { node }) =>
    node.status.state === 'ready'
      ? `its availability is ${node.spec.availability}`
      : `its state is ${node.status.state}`,
};
