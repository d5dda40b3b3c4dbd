import type { Service } from '../../../api/index.ts';
import type { Law } from './law.ts';
import { Overlaps } from './overlaps.ts';

/** Jobs have no updates, hence no overlaps at all. */
export const oneTaskPerSlot: Law = {
  sentence: 'at most one task per slot is wanted at a time, unless an update goes start-first',
  watch() {
    const overlaps = new Overlaps();
    return { committed: (commit) => overlaps.breachesIn(commit, hasSlots) };
  },
};

function hasSlots({ spec }: Service): boolean {
  return spec.mode.kind !== 'global';
}
