import { clusterVolumes } from './cluster-volumes.ts';
import { constraints } from './constraints.ts';
import type { Filter } from './filter.ts';
import { hostPort } from './host-port.ts';
import { maxReplicas } from './max-replicas.ts';
import { platform } from './platform.ts';
import { plugins } from './plugins.ts';
import { ready } from './ready.ts';
import { resources } from './resources.ts';

export type { Filter, Surroundings } from './filter.ts';

/** In the order in which they are asked; the first that refuses a node alone is counted (swarmkit pipeline.go). */
export const FILTERS: readonly Filter[] = [
  ready,
  resources,
  plugins,
  constraints,
  platform,
  hostPort,
  maxReplicas,
  clusterVolumes,
] as readonly Filter[];
