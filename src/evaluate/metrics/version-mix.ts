import { compareText } from '../../base/index.ts';
import { wasRunning } from '../history.ts';
import type { Metric } from './metric.ts';

/** Image to the number of tasks of it that run at the end, by image. */
export type VersionMix = Readonly<Record<string, number>>;

export const versionMix: Metric<VersionMix> = {
  name: 'mix',
  describe: 'what runs at the end',
  measure({ tasks, until }) {
    const counts = new Map<string, number>();
    for (const life of tasks) if (wasRunning(life, until)) counts.set(life.image, (counts.get(life.image) ?? 0) + 1);
    return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
  },
};
