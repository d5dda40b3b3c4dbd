/** What every release is rehearsed against when no scenario is given. */
import type { ImageDefinition } from '../../swarm/index.ts';
import { DEFAULT_PATIENCE, type Scenario } from './scenario.ts';

const STARTS: ImageDefinition = { pull: '5s', start: '2s' };

/** The new images are good, then crash at their start, then fail late; without new images there is one scenario only. */
export function standardBattery(newImages: readonly string[]): Scenario[] {
  const scenario = (name: string, image: ImageDefinition, outcome: Scenario['expect']['outcome']): Scenario => ({
    name,
    cluster: {},
    images: Object.fromEntries(newImages.map((newImage) => [newImage, image])),
    faults: [],
    expect: { outcome },
    patience: DEFAULT_PATIENCE,
  });
  const expectedOfGood: Scenario['expect']['outcome'] = ['completed', 'unchanged', 'created'];
  if (newImages.length === 0) return [scenario('no image is new', STARTS, expectedOfGood)];
  return [
    scenario('the new image is good', STARTS, expectedOfGood),
    scenario('the new image crashes 1 s after its start', { ...STARTS, fails: { after: '1s' } }, [
      'rolled back',
      'paused',
    ]),
    scenario('the new image fails 20 s after its start', { ...STARTS, fails: { after: '20s' } }, [
      'rolled back',
      'paused',
    ]),
  ];
}
