export { type Constraint, nodeMatches, parseConstraints } from './constraint.ts';
export { ENGINE_LABEL_PREFIX, labelOf, NODE_LABEL_PREFIX } from './labels.ts';
