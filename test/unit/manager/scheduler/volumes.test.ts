import { describe, expect, it } from 'vitest';
import type { Mount, Task, Volume } from '../../../../src/api/index.ts';
import {
  addVolume,
  chooseVolumes,
  findVolume,
  reserveVolumes,
  type VolumeSet,
} from '../../../../src/manager/scheduler/volumes.ts';
import { storeWith } from '../../../support/scheduler-cluster.ts';

const VOLUME: Volume = {
  id: 'v1',
  name: 'data',
  group: 'fast',
  availability: 'active',
  driver: 'csi',
  sharing: 'all',
  scope: 'multi',
  version: 1,
  createdAt: 0,
  updatedAt: 0,
};

function volumesOf(...volumes: readonly Partial<Volume>[]): VolumeSet {
  const set: VolumeSet = new Map();
  for (const volume of volumes) addVolume(set, { ...VOLUME, ...volume });
  return set;
}

function mountOf(source: string, readOnly = false): Mount {
  return { type: 'cluster', source, target: `/${source}`, readOnly };
}

function taskWith(...mounts: readonly Mount[]): Task {
  const task = storeWith({ services: [{ id: 'db' }], tasks: [{ id: 't', service: 'db' }] }).tasks.get('t')!;
  return { ...task, spec: { ...task.spec, container: { ...task.spec.container, mounts } } };
}

/** A set in which a task on node `a` uses the volume. */
function inUse(volume: Partial<Volume>, readOnly = false): VolumeSet {
  const volumes = volumesOf(volume);
  reserveVolumes(volumes, taskWith(mountOf('data', readOnly)), 'a', [{ id: 'v1', source: 'data', target: '/data' }]);
  return volumes;
}

describe('a cluster volume', () => {
  it('is found by its name or by its group', () => {
    const volumes = volumesOf({}, { id: 'v2', name: 'more', group: 'slow' });

    expect(findVolume(volumes, mountOf('more'), 'n')).toBe('v2');
    expect(findVolume(volumes, mountOf('group:fast'), 'n')).toBe('v1');
    expect(findVolume(volumes, mountOf('fast'), 'n')).toBeUndefined();
  });

  it('is not found while it is paused or drained', () => {
    expect(findVolume(volumesOf({ availability: 'drain' }), mountOf('data'), 'n')).toBeUndefined();
  });

  it('of a single node stays where it is used', () => {
    const volumes = inUse({ scope: 'single' });

    expect(findVolume(volumes, mountOf('data'), 'a')).toBe('v1');
    expect(findVolume(volumes, mountOf('data'), 'b')).toBeUndefined();
  });

  it('is shared as its access mode says', () => {
    expect(findVolume(inUse({ sharing: 'none' }), mountOf('data', true), 'a')).toBeUndefined();
    expect(findVolume(inUse({ sharing: 'onewriter' }), mountOf('data'), 'a')).toBeUndefined();
    expect(findVolume(inUse({ sharing: 'onewriter' }), mountOf('data', true), 'a')).toBe('v1');
    expect(findVolume(inUse({ sharing: 'onewriter' }, true), mountOf('data'), 'a')).toBe('v1');
    expect(findVolume(volumesOf({ sharing: 'readonly' }), mountOf('data'), 'a')).toBeUndefined();
    expect(findVolume(volumesOf({ sharing: 'readonly' }), mountOf('data', true), 'a')).toBe('v1');
  });

  it('for one writer has room for it where all others read, and says of nobody that he reads who has not said so', () => {
    const volumes = volumesOf({ sharing: 'onewriter' });
    expect(findVolume(volumes, mountOf('data'), 'a')).toBe('v1');

    const attachments = [{ id: 'v1', source: 'data', target: '/data' }];
    reserveVolumes(volumes, { ...taskWith(mountOf('data', true)), id: 'reader' }, 'a', attachments);
    expect(findVolume(volumes, mountOf('data'), 'a')).toBe('v1');

    reserveVolumes(volumes, taskWith({ type: 'cluster', source: 'data', target: '/data' }), 'a', attachments);
    expect(findVolume(volumes, mountOf('data'), 'a')).toBeUndefined();
    expect(findVolume(volumes, mountOf('data', true), 'a')).toBe('v1');
  });

  it('keeps the version in which it became known', () => {
    const volumes = volumesOf({}, { availability: 'drain' });

    expect(findVolume(volumes, mountOf('data'), 'n')).toBe('v1');
  });
});

describe('choosing the volumes of a task', () => {
  it('takes one for each cluster mount, and leaves none of them in use', () => {
    const volumes = volumesOf({ sharing: 'none' }, { id: 'v2', name: 'log', sharing: 'none' });
    const task = taskWith(mountOf('group:fast'), mountOf('group:fast'), { type: 'tmpfs', target: '/tmp' });

    const choice = chooseVolumes(volumes, task, 'n');

    expect(choice).toMatchObject({ attachments: [{ id: 'v1' }, { id: 'v2' }] });
    expect(findVolume(volumes, mountOf('data'), 'n')).toBe('v1');
  });

  it('names the first mount for which there is none', () => {
    expect(chooseVolumes(volumesOf({}), taskWith(mountOf('data'), mountOf('nope')), 'n')).toEqual({ missing: 'nope' });
  });
});
