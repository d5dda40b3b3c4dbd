import { describe, expect, test } from 'vitest';
import { engine } from '../../../src/docker-api/index.ts';
import { Session } from './session.ts';

describe('/_ping', () => {
  test('says what the node is in the swarm', () => {
    expect(new Session().call('GET', '/_ping').headers).toMatchObject({
      'Content-Type': 'text/plain; charset=utf-8',
      'Builder-Version': '2',
      Swarm: 'active/manager',
    });
    expect(new Session({}, 'w1').call('HEAD', '/_ping').headers.Swarm).toBe('active/worker');
  });
});

test('/version has what clients negotiate with', () => {
  expect(new Session().body('GET', '/version')).toMatchObject({
    Version: '28.2.2',
    ApiVersion: '1.50',
    MinAPIVersion: '1.24',
    Os: 'linux',
    Components: [{ Name: 'Engine', Version: '28.2.2', Details: { ApiVersion: '1.50' } }],
  });
});

describe('/info', () => {
  test('shows a manager the swarm', () => {
    const session = new Session();
    session.create('web', { Mode: { Global: {} } });

    const info = session.body('GET', '/info');

    expect(info).toMatchObject({ Name: 'm1', NCPU: 4, MemTotal: 8 * 1024 ** 3, Containers: 1, ContainersRunning: 1 });
    expect(info.Swarm).toMatchObject({
      NodeID: 'm1',
      NodeAddr: '192.168.0.1',
      LocalNodeState: 'active',
      ControlAvailable: true,
      Error: '',
      RemoteManagers: [{ NodeID: 'm1', Addr: '192.168.0.1:2377' }],
      Nodes: 3,
      Managers: 1,
      Cluster: { ID: 'cluster', Spec: { Orchestration: { TaskHistoryRetentionLimit: 5 } } },
    });
  });

  test('shows a worker its managers and no more', () => {
    const { Swarm } = new Session({}, 'w1').body('GET', '/info');

    expect(Swarm).toEqual({
      NodeID: 'w1',
      NodeAddr: '192.168.0.2',
      LocalNodeState: 'active',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: [{ NodeID: 'm1', Addr: '192.168.0.1:2377' }],
    });
  });

  test('warns of two managers', () => {
    expect(new Session({ managers: 2 }).body('GET', '/info').Warnings).toEqual([
      expect.stringContaining('WARNING: Running Swarm in a two-manager configuration.'),
    ]);
  });

  test('of a node that was removed says that it is in no swarm', () => {
    const { swarm } = new Session();
    const api = engine(swarm, { on: 'w1' });
    swarm.node('w1').remove({ force: true });

    expect(api.handle({ method: 'GET', path: '/info' }).body).toMatchObject({
      Swarm: { NodeID: '', LocalNodeState: 'inactive', ControlAvailable: false },
    });
  });
});

describe('/distribution', () => {
  test('knows every image that the nodes could pull, by a digest that stays', () => {
    const digestOf = (image: string) => new Session().body('GET', `/distribution/${image}/json`).Descriptor.digest;

    expect(digestOf('web:v1')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(digestOf('docker.io/library/web:v1')).toBe(digestOf('web:v1'));
    expect(digestOf('web')).toBe(digestOf('web:latest'));
    expect(digestOf('web:v2')).not.toBe(digestOf('web:v1'));
    expect(digestOf('registry.local:5000/team/web:v1')).toMatch(/^sha256:/);
    expect(digestOf(`web:v1@sha256:${'a'.repeat(64)}`)).toBe(`sha256:${'a'.repeat(64)}`);
  });

  test('does not know one that was defined as missing', () => {
    const session = new Session();
    session.swarm.images.define('web:v2', { missing: true });
    session.swarm.images.define('web:v3', { missing: { nodes: ['w1'] } });

    expect(session.refusal('GET', '/distribution/web:v2/json')).toBe('404 manifest unknown: manifest unknown');
    expect(session.call('GET', '/distribution/web:v3/json').status).toBe(200);
  });
});

describe('logs', () => {
  test('are an empty stream', () => {
    const session = new Session();
    session.create('web');
    const [task] = session.body('GET', '/tasks');

    expect(session.call('GET', '/services/web/logs?stdout=1&tail=all')).toMatchObject({
      status: 200,
      headers: { 'Content-Type': 'application/vnd.docker.multiplexed-stream' },
      body: [],
    });
    expect(session.body('GET', `/tasks/${task.ID}/logs?stderr=1`)).toEqual([]);
    expect(session.call('GET', '/v1.41/services/web/logs?stdout=1').headers['Content-Type']).toBe(
      'application/vnd.docker.raw-stream',
    );
  });

  test.each([
    ['/services/web/logs', "400 must specify at least one of 'stdout' or 'stderr'"],
    ['/services/ghost/logs?stdout=1', '404 service ghost not found'],
    ['/tasks/ghost/logs?stdout=1', '404 task ghost not found'],
    ['/services/web/logs?stdout=1&tail=some', '500 tail value must be a positive integer or "all"'],
    ['/services/web/logs?stdout=1&tail=-1', '500 negative tail values not supported'],
    [
      '/services/web/logs?stdout=1&since=soon',
      '400 invalid value for "since": strconv.ParseInt: parsing "soon": invalid syntax',
    ],
  ])('%s is refused', (address, refusal) => {
    const session = new Session();
    session.create('web');

    expect(session.refusal('GET', address)).toBe(refusal);
  });
});
