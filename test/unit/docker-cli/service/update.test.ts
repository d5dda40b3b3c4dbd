import { describe, expect, test } from 'vitest';
import { changedCapabilities, newCapabilities } from '../../../../src/docker-cli/service/capabilities.ts';
import { DockerSession, engineService } from '../../../support/docker-session.ts';

interface Sent {
  readonly TaskTemplate: { readonly ContainerSpec: Record<string, unknown>; readonly Placement: unknown };
  readonly EndpointSpec?: unknown;
}

/** What `service update` with these flags sends for a service with this container. */
function updated(flags: string, container: Record<string, unknown> = {}, spec: Record<string, unknown> = {}): Sent {
  const service = engineService('web', {
    TaskTemplate: { ContainerSpec: { Image: 'web:1', ...container }, Placement: {}, ForceUpdate: 0 },
    ...spec,
  });
  const session = new DockerSession({ services: [service] });
  session.type(`service update -d ${flags} web`);
  return session.lastBody as Sent;
}

describe('an update', () => {
  test('sends the whole spec back, though nothing changes', () => {
    const service = engineService('web');
    const session = new DockerSession({ services: [service] });

    session.type('service update -d web');

    expect(session.lastBody).toEqual(service.Spec);
    expect(session.calls.at(-1)).toBe(`POST /v1.50/services/${service.ID}/update?registryAuthFrom=spec&version=7`);
  });

  test('removes a host name from all its entries, or from that of one address', () => {
    const Hosts = ['1.1.1.1 a b', '2.2.2.2 a'];

    expect(updated('--host-rm a', { Hosts }).TaskTemplate.ContainerSpec.Hosts).toEqual(['1.1.1.1 b']);
    expect(updated('--host-rm a:2.2.2.2', { Hosts }).TaskTemplate.ContainerSpec.Hosts).toEqual(['1.1.1.1 a b']);
  });

  test('removes published ports by their target, and does not add one again that was there', () => {
    const EndpointSpec = { Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }] };

    expect(updated('--publish-rm 80 --publish-add 8080:80', {}, { EndpointSpec }).EndpointSpec).toEqual({});
  });

  test('fills a missing update block with the defaults around the given flag', () => {
    expect(updated('--update-delay 5s')).toMatchObject({
      UpdateConfig: { Parallelism: 1, Delay: 5e9, FailureAction: 'pause', Monitor: 5e9, Order: 'stop-first' },
    });
  });

  test('may roll back only without other changes', () => {
    const session = new DockerSession({ services: [engineService('web')] });

    expect(session.type('service update -d --rollback --force web').stderr).toBe(
      'other flags may not be combined with --rollback\n',
    );
  });

  test('looks for secrets and configs when nothing else is wrong', () => {
    const session = new DockerSession({ services: [engineService('web')] });

    const { stderr } = session.type('service update -d --config-add c --generic-resource-rm gpu web');

    expect(stderr).toBe('could not find generic-resource `gpu` to remove it\n');
    expect(session.calls.at(-1)).toBe('GET /v1.50/services/web?insertDefaults=false');
  });

  test('keeps the order of variables, the new ones last', () => {
    const sent = updated('--env-add C=3 --env-add A=9 --env-rm B', { Env: ['A=1', 'B=2'] });

    expect(sent.TaskTemplate.ContainerSpec.Env).toEqual(['A=9', 'C=3']);
  });
});

describe('capabilities', () => {
  test('of a new service: what is added is not dropped, ALL stands for the rest', () => {
    expect(newCapabilities(['net_admin', 'CAP_B'], ['b', 'c'])).toEqual({
      add: ['CAP_B', 'CAP_NET_ADMIN'],
      drop: ['CAP_C'],
    });
    expect(newCapabilities(['all', 'x'], []).add).toEqual(['ALL']);
  });

  test('of an existing service: adding what was dropped only undoes that', () => {
    const existing = { add: ['CAP_A'], drop: ['CAP_D'] };

    expect(changedCapabilities(existing, ['D'], [])).toEqual({ add: ['CAP_A'], drop: [] });
    expect(changedCapabilities(existing, [], ['A'])).toEqual({ add: [], drop: ['CAP_D'] });
    expect(changedCapabilities(existing, ['RESET', 'X'], [])).toEqual({ add: ['CAP_X'], drop: ['CAP_D'] });
  });
});
