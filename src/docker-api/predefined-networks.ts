/** The networks that every engine has. */
import { type Engine, networkToEngine } from '../api/index.ts';
import { fakeText } from './fake.ts';

const DRIVERS: Readonly<Record<string, string>> = { bridge: 'bridge', host: 'host', none: 'null' };

export function isPredefined(name: string): boolean {
  return Object.hasOwn(DRIVERS, name) || name === 'default';
}

export function localNetworks(): Engine.Network[] {
  return Object.keys(DRIVERS).map((name) => ({ ...predefined(name, `network/${name}/local`), Scope: 'local' }));
}

/**
 * What the swarm has for an engine's networks, so that services can be attached to them. Lists leave these out.
 * (moby daemon/cluster/networks.go)
 */
export function counterparts(): Engine.Network[] {
  return ['bridge', 'host'].map((name) => predefined(name, `network/${name}/swarm`));
}

function predefined(name: string, subject: string): Engine.Network {
  const spec = { name, labels: {}, driver: { name: DRIVERS[name]! } };
  return networkToEngine({ id: fakeText(subject, 25), version: 0, createdAt: 0, updatedAt: 0, spec });
}
