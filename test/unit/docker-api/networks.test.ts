import { beforeEach, describe, expect, test } from 'vitest';
import { Session } from './session.ts';

let session: Session;
let front: string;
beforeEach(() => {
  session = new Session();
  const body = { Name: 'front', Driver: 'overlay', Labels: { team: 'x' } };
  front = session.body('POST', '/networks/create', { body }).Id;
});

const namesOf = (filters: unknown): string[] =>
  session.body('GET', session.filtered('/networks', filters)).map(({ Name }: { Name: string }) => Name);

describe('GET /networks', () => {
  test.each([
    [{}, ['front', 'bridge', 'host', 'none']],
    [{ scope: ['swarm'] }, ['front']],
    [{ label: ['team=x'] }, ['front']],
    [{ label: ['team='] }, []],
    [{ name: ['ro'] }, ['front']],
    [{ name: ['^(host|none)$'] }, ['host', 'none']],
    [{ name: ['['] }, []],
    [{ driver: ['null'] }, ['none']],
    [{ type: ['custom'] }, ['front']],
    [{ dangling: ['true'] }, ['front']],
  ])('with %j', (filters, expected) => {
    expect(namesOf(filters)).toEqual(expected);
  });

  test('an id is matched anywhere', () => {
    expect(namesOf({ id: [front.slice(3, 12)] })).toEqual(['front']);
  });

  test('a network in use does not dangle', () => {
    session.create('web', { TaskTemplate: { ContainerSpec: { Image: 'web:v1' }, Networks: [{ Target: 'front' }] } });

    expect(namesOf({ dangling: ['1'] })).toEqual([]);
    expect(namesOf({ dangling: ['false'], scope: ['swarm'] })).toEqual(['front']);
  });

  test('a worker shows the networks of its own', () => {
    const worker = new Session({}, 'w1');

    expect(worker.body('GET', '/networks').map(({ Name }: { Name: string }) => Name)).toEqual([
      'bridge',
      'host',
      'none',
    ]);
  });
});

describe('GET /networks/{ref}', () => {
  test('finds a network by id, name and how its id begins', () => {
    for (const reference of [front, 'front', front.slice(0, 9)]) {
      expect(session.body('GET', `/networks/${reference}`)).toMatchObject({ Name: 'front', Id: front, Scope: 'swarm' });
    }
    expect(session.refusal('GET', '/networks/ghost')).toBe('404 network ghost not found');
  });

  test('how the ids of two begin is ambiguous', () => {
    const ids = Array.from({ length: 40 }, (_, index) => index).map(
      (index): string =>
        session.body('POST', '/networks/create', { body: { Name: `net-${index}`, Driver: 'overlay' } }).Id,
    );
    const prefix = ids.map((id) => id[0]!).find((character, index, all) => all.indexOf(character) !== index);

    expect(session.refusal('GET', `/networks/${prefix}?scope=swarm`)).toMatch(
      /^400 \d+ matches found based on ID prefix: network . is ambiguous$/,
    );
  });

  test('the swarm has counterparts of some of an engine’s own networks', () => {
    expect(session.body('GET', '/networks/host')).toMatchObject({ Name: 'host', Scope: 'local' });
    expect(session.body('GET', '/networks/host?scope=swarm')).toMatchObject({ Name: 'host', Scope: 'swarm' });
    expect(session.refusal('GET', '/networks/none?scope=swarm')).toBe('404 network none not found');
    expect(session.refusal('GET', '/networks/front?scope=local')).toBe('404 network front not found');
  });

  test('a service on the network of its host runs', () => {
    session.create('web', { TaskTemplate: { ContainerSpec: { Image: 'web:v1' }, Networks: [{ Target: 'host' }] } });

    const { Target } = session.body('GET', '/services/web').Spec.TaskTemplate.Networks[0];
    expect(session.body('GET', `/networks/${Target}`).Name).toBe('host');
    expect(session.swarm.service('web').running).toBe(1);
  });
});

describe('POST /networks/create', () => {
  test.each([
    [{ Name: 'front', Driver: 'overlay' }, '409 network with name front already exists'],
    [{ Name: 'bridge' }, '403 operation is not permitted on predefined bridge network '],
    [{ Name: 'n' }, '501 only networks of the swarm are simulated, and the driver bridge makes local ones'],
  ])('%j is refused', (body, refusal) => {
    expect(session.refusal('POST', '/networks/create', { body })).toBe(refusal);
  });

  test('a worker cannot make networks for the swarm', () => {
    const body = { Name: 'n', Driver: 'overlay' };

    expect(new Session({}, 'w1').refusal('POST', '/networks/create', { body })).toBe(
      '403 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    );
  });
});

describe('DELETE /networks/{ref}', () => {
  test('removes a network that nobody uses', () => {
    expect(session.call('DELETE', '/networks/front').status).toBe(204);
    expect(session.refusal('DELETE', '/networks/front')).toBe('404 network front not found');
  });

  test('refuses one that is in use, and the engine’s own', () => {
    const id = session.create('web', {
      TaskTemplate: { ContainerSpec: { Image: 'web:v1' }, Networks: [{ Target: 'front' }] },
    });

    expect(session.refusal('DELETE', '/networks/front')).toBe(
      `400 rpc error: code = FailedPrecondition desc = network ${front} is in use by service ${id}`,
    );
    expect(session.refusal('DELETE', '/networks/bridge')).toBe(
      '403 bridge is a pre-defined network and cannot be removed',
    );
  });
});
