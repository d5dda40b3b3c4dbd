import type { Handler } from './call.ts';
import { dataObjects } from './data-objects.ts';
import { inspectDistribution } from './distribution.ts';
import { joinSwarm } from './join.ts';
import { serviceLogs, taskLogs } from './logs.ts';
import { createNetwork, inspectNetwork, listNetworks, removeNetwork } from './networks.ts';
import { inspectNode, listNodes, removeNode, updateNode } from './nodes.ts';
import type { Route } from './route.ts';
import { createService, inspectService, listServices, removeService, updateService } from './services.ts';
import { initSwarm, inspectSwarm, leaveSwarm, unlockKey, unlockSwarm, updateSwarm } from './swarm.ts';
import { info, ping, version } from './system.ts';
import { inspectTask, listTasks } from './tasks.ts';

const secrets = dataObjects('secret');
const configs = dataObjects('config');

/** The routes of the Engine API that concern a swarm (moby daemon/server/router). The first that fits counts. */
export const routes: readonly Route[] = [
  route('HEAD', '/_ping', ping),
  route('GET', '/_ping', ping),
  route('GET', '/version', version),
  route('GET', '/info', info),

  route('GET', '/services', listServices),
  route('GET', '/services/{id}', inspectService),
  route('POST', '/services/create', createService),
  route('POST', '/services/{id}/update', updateService),
  route('DELETE', '/services/{id}', removeService),
  route('GET', '/services/{id}/logs', serviceLogs),

  route('GET', '/tasks', listTasks),
  route('GET', '/tasks/{id}', inspectTask),
  route('GET', '/tasks/{id}/logs', taskLogs),

  route('GET', '/nodes', listNodes),
  route('GET', '/nodes/{id}', inspectNode),
  route('POST', '/nodes/{id}/update', updateNode),
  route('DELETE', '/nodes/{id}', removeNode),

  route('GET', '/networks', listNetworks),
  route('GET', '/networks/{id}', inspectNetwork),
  route('POST', '/networks/create', createNetwork),
  route('DELETE', '/networks/{id}', removeNetwork),

  route('GET', '/secrets', secrets.list, '1.25'),
  route('GET', '/secrets/{id}', secrets.inspect, '1.25'),
  route('POST', '/secrets/create', secrets.create, '1.25'),
  route('POST', '/secrets/{id}/update', secrets.update, '1.25'),
  route('DELETE', '/secrets/{id}', secrets.remove, '1.25'),

  route('GET', '/configs', configs.list, '1.30'),
  route('GET', '/configs/{id}', configs.inspect, '1.30'),
  route('POST', '/configs/create', configs.create, '1.30'),
  route('POST', '/configs/{id}/update', configs.update, '1.30'),
  route('DELETE', '/configs/{id}', configs.remove, '1.30'),

  route('GET', '/distribution/{name...}/json', inspectDistribution, '1.30'),

  route('GET', '/swarm', inspectSwarm),
  route('GET', '/swarm/unlockkey', unlockKey),
  route('POST', '/swarm/init', initSwarm),
  route('POST', '/swarm/join', joinSwarm),
  route('POST', '/swarm/leave', leaveSwarm),
  route('POST', '/swarm/unlock', unlockSwarm),
  route('POST', '/swarm/update', updateSwarm),
];

function route(method: Route['method'], path: string, handle: Handler, since?: string): Route {
  return { method, path, handle, ...(since !== undefined && { since }) };
}
