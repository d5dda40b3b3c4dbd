import { describe, expect, test } from 'vitest';
import { engine } from '../../../src/docker-api/index.ts';
import { Session, serviceBody } from './session.ts';

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
  test('are an empty stream where the image prints nothing', () => {
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

  describe('of tasks that print', () => {
    /** Two tasks, both of which say hello at once and print a tick to the error stream every ten seconds. */
    function printing(spec: Record<string, unknown> = {}): Session {
      const session = new Session();
      session.swarm.images.define('web:v1', { log: ['hello', { line: 'tick', every: '10s', stream: 'stderr' }] });
      session.create('web', { Mode: { Replicated: { Replicas: 2 } }, ...spec });
      session.swarm.run({ for: '25s' });
      return session;
    }
    const texts = (session: Session, address: string) =>
      session.body('GET', address).map(({ stream, text }: { stream: string; text: string }) => `${stream} ${text}`);

    test('have the streams that were asked for', () => {
      const session = printing();
      expect(texts(session, '/services/web/logs?stdout=1')).toEqual(['stdout hello\n', 'stdout hello\n']);
      expect(texts(session, '/services/web/logs?stderr=1')).toEqual(Array(4).fill('stderr tick\n'));
    });

    test('have the last lines of each task, and those since a time', () => {
      const session = printing();
      const both = '/services/web/logs?stdout=1&stderr=1';
      expect(texts(session, `${both}&tail=2`)).toEqual(Array(4).fill('stderr tick\n'));
      // The streams are told apart after the lines were counted.
      expect(texts(session, '/services/web/logs?stdout=1&tail=2')).toEqual([]);
      expect(texts(session, `${both}&tail=0`)).toEqual([]);
      const [{ UpdatedAt }] = session.body('GET', '/services');
      const since = Date.parse(UpdatedAt) / 1000 + 15;
      expect(texts(session, `${both}&since=${since}`)).toEqual(Array(2).fill('stderr tick\n'));
    });

    test('have the time with nine decimals, and then whose line it is', () => {
      const session = printing({ Mode: { Replicated: { Replicas: 1 } } });
      const [task] = session.body('GET', '/tasks');
      const [line] = texts(session, `/tasks/${task.ID}/logs?stdout=1&timestamps=1&details=1`);
      const [stream, time, details, text] = line.split(' ');
      expect([stream, text]).toEqual(['stdout', 'hello\n']);
      expect(time).toMatch(/^2024-01-01T00:00:\d\d\.\d{6}000Z$/);
      const [node, service] = [task.NodeID, task.ServiceID];
      expect(details).toBe(
        `com.docker.swarm.node.id=${node},com.docker.swarm.service.id=${service},com.docker.swarm.task.id=${task.ID}`,
      );
    });

    test('end with the nodes that are missing', () => {
      const session = printing();
      const [task] = session.body('GET', session.filtered('/tasks', { node: ['w1'] }));
      session.swarm.node('w1').crash();
      session.swarm.run({ for: '1s' });
      const reason = `node ${task.NodeID} is not available`;
      expect(texts(session, '/services/web/logs?stdout=1')).toEqual([
        'stdout hello\n',
        `systemerr Error grabbing logs: rpc error: code = Unknown desc = warning: incomplete log stream. some logs could not be retrieved for the following reasons: ${reason}\n`,
      ]);
    });

    test('say of a task without a node that it was not scheduled', () => {
      const session = new Session();
      const placement = { Placement: { Constraints: ['node.labels.x==y'] } };
      const TaskTemplate = { ContainerSpec: { Image: 'web:v1' }, ...placement };
      session.body('POST', '/services/create', { body: serviceBody('big', { TaskTemplate }) });
      session.swarm.run({ for: '1s' });
      const [task] = session.body('GET', '/tasks');
      expect(texts(session, `/tasks/${task.ID}/logs?stdout=1`)).toEqual([
        expect.stringContaining(`following reasons: task ${task.ID} has not been scheduled\n`),
      ]);
      // Of a service only those are asked that have come to run.
      expect(texts(session, '/services/big/logs?stdout=1')).toEqual([]);
    });

    test('have one stream on a terminal', () => {
      const session = printing({ TaskTemplate: { ContainerSpec: { Image: 'web:v1', TTY: true } } });
      expect(new Set(texts(session, '/services/web/logs?stdout=1'))).toEqual(
        new Set(['stdout hello\n', 'stdout tick\n']),
      );
    });
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
