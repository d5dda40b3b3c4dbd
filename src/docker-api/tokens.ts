/** What lets a machine in: made up, and made up anew whenever it is rotated. */
import type { Cluster, SwarmDetails } from '../api/index.ts';
import type { Swarm } from '../swarm/index.ts';
import { fakeKey, fakeText } from './fake.ts';

/** The tokens of a swarm by the roles that they give. */
export function joinTokens({ seed }: Swarm, { rotations = {} }: Cluster): SwarmDetails['joinTokens'] {
  const { worker = 0, manager = 0 } = rotations;
  // Both begin with the digest of the swarm's certificate.
  const certificate = fakeText(`${seed}/certificate`, 50);
  const tokenFor = (role: string, count: number) =>
    `SWMTKN-1-${certificate}-${fakeText(count === 0 ? `${seed}/token/${role}` : `${seed}/token/${role}/${count}`, 25)}`;
  return { worker: tokenFor('worker', worker), manager: tokenFor('manager', manager) };
}

/** The key of managers that lock themselves; empty where they do not. */
export function unlockKeyOf(swarm: Swarm, { spec, rotations }: Cluster): string {
  return spec.autoLockManagers ? unlockKeyText(swarm, rotations?.unlockKey ?? 0) : '';
}

/** `count`: how often it was rotated. */
export function unlockKeyText({ seed }: Swarm, count: number): string {
  return `SWMKEY-1-${fakeKey(`${seed}/unlock-key/${count}`, 43)}`;
}
