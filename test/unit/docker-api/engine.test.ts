import { describe, expect, test } from 'vitest';
import { engine } from '../../../src/docker-api/index.ts';
import { Session } from './session.ts';

describe('versions', () => {
  test('a path without a version means the newest', () => {
    const { swarm } = new Session();

    const response = engine(swarm).handle({ method: 'GET', path: '/nodes' });

    expect(response.status).toBe(200);
    expect(response.body).toHaveLength(3);
  });

  test.each([
    [
      '1.12',
      'client version 1.12 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version',
    ],
    ['1.99', 'client version 1.99 is too new. Maximum supported API version is 1.50'],
  ])('version %s is refused', (version, message) => {
    expect(new Session().refusal('GET', `/v${version}/nodes`)).toBe(`400 ${message}`);
  });

  test('what an old version does not have asks for a newer one', () => {
    const session = new Session();

    expect(session.refusal('GET', '/v1.24/secrets')).toBe('400 GET /secrets requires minimum API version 1.25');
    expect(session.refusal('GET', '/v1.29/distribution/web:v1/json')).toBe(
      '400 GET /distribution/{name:.*}/json requires minimum API version 1.30',
    );
  });
});

describe('routes', () => {
  test.each([
    ['GET', '/nowhere'],
    ['POST', '/services'],
    ['DELETE', '/tasks/x'],
    ['GET', '/services/web/nothing'],
    ['GET', '/services/'],
  ])('%s %s leads nowhere', (method, path) => {
    expect(new Session().refusal(method, path)).toBe('404 page not found');
  });

  test('parts of a path may be percent-encoded', () => {
    const session = new Session();
    session.create('web');

    expect(session.body('GET', '/services/%77eb').Spec.Name).toBe('web');
    expect(session.refusal('GET', '/services/%')).toBe('404 service % not found');
  });
});

describe('answers', () => {
  test('every answer names the version and the server', () => {
    const expected = {
      'Api-Version': '1.50',
      'Docker-Experimental': 'false',
      Ostype: 'linux',
      Server: 'Docker/28.2.2 (linux)',
      'Content-Type': 'application/json',
    };

    expect(new Session().call('GET', '/nodes').headers).toEqual(expected);
    expect(new Session().call('GET', '/nowhere').headers).toEqual(expected);
  });

  test('an empty answer has neither a body nor a content type', () => {
    const session = new Session();
    session.create('web');

    const response = session.call('DELETE', '/services/web');

    expect(response.status).toBe(200);
    expect('body' in response).toBe(false);
    expect(response.headers['Content-Type']).toBeUndefined();
  });

  test('HEAD gets no body', () => {
    expect(new Session().call('HEAD', '/_ping').body).toBeUndefined();
    expect(new Session().call('GET', '/_ping').body).toBe('OK');
    const refused = new Session().call('HEAD', '/v1.12/_ping');
    expect(refused.status).toBe(400);
    expect('body' in refused).toBe(false);
  });
});

describe('where the engine runs', () => {
  test('on the leader, unless a node is named', () => {
    const { swarm } = new Session();

    expect(engine(swarm).nodeId).toBe('m1');
    expect(engine(swarm, { on: 'w2' }).nodeId).toBe('w2');
  });

  test('a machine that is off does not answer, and does again once it has booted', () => {
    const { swarm } = new Session();
    const api = engine(swarm, { on: 'w1' });

    swarm.node('w1').crash();
    swarm.run({ for: '1s' });
    expect(api.isUp).toBe(false);
    expect(() => api.handle({ method: 'GET', path: '/_ping' })).toThrow('the engine of w1 is off');

    swarm.node('w1').boot();
    swarm.run({ for: '1s' });
    expect(api.handle({ method: 'GET', path: '/_ping' }).status).toBe(200);
  });

  test('a worker has no control API', () => {
    const worker = new Session({}, 'w1');
    const expected =
      "503 This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";

    for (const path of ['/services', '/tasks', '/nodes', '/secrets', '/configs', '/swarm']) {
      expect(worker.refusal('GET', path)).toBe(expected);
    }
  });

  test('a node that was removed is in no swarm', () => {
    const { swarm } = new Session();
    const api = engine(swarm, { on: 'w1' });

    swarm.node('w1').remove({ force: true });

    expect(api.handle({ method: 'GET', path: '/services' })).toMatchObject({
      status: 503,
      body: {
        message:
          'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      },
    });
    expect(api.handle({ method: 'GET', path: '/_ping' }).headers.Swarm).toBe('inactive');
  });

  test('a follower answers as the leader does', () => {
    const session = new Session({ managers: 3 });
    const follower = engine(session.swarm, { on: 'm3' });
    const body = { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'web:v1' } } };

    expect(follower.handle({ method: 'POST', path: '/services/create', body }).status).toBe(201);

    expect(session.body('GET', '/services/web').Spec.Name).toBe('web');
    expect(follower.handle({ method: 'GET', path: '/nodes/m1' }).body).toMatchObject({
      ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: '192.168.0.1:2377' },
    });
  });

  test('without a leader a manager has nothing to say, and /info says so', () => {
    const NO_LEADER =
      "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.";
    const { swarm } = new Session({ managers: 3 });
    const api = engine(swarm, { on: 'm3' });
    for (const node of ['m1', 'm2']) swarm.node(node).crash();
    swarm.run({ for: '1m' });

    expect(api.handle({ method: 'GET', path: '/services' })).toMatchObject({
      status: 500,
      body: { message: NO_LEADER },
    });
    expect(api.handle({ method: 'GET', path: '/info' })).toMatchObject({
      status: 200,
      body: { Swarm: { ControlAvailable: true, Error: NO_LEADER } },
    });
    expect(api.handle({ method: 'GET', path: '/networks' }).status).toBe(200);
    expect(engine(swarm).nodeId).toBe('m3');
  });

  test('a machine that goes down while it is asked does not answer', () => {
    const { swarm } = new Session({ managers: 3 });
    const api = engine(swarm, { on: 'm3' });
    swarm.node('m1').crash();
    swarm.schedule({ action: 'crash', node: 'm3' }, { after: '5s' });
    swarm.run({ for: '1s' });

    expect(() => api.handle({ method: 'GET', path: '/services' })).toThrow('the engine of m3 is off');
  });
});
