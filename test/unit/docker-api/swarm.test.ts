import { beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/api/index.ts';
import { engine } from '../../../src/docker-api/index.ts';
import { Session } from './session.ts';

const IN_A_SWARM =
  '503 This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.';

let session: Session;
beforeEach(() => {
  session = new Session();
});

test('GET /swarm has the specification and tokens that stay', () => {
  const { Spec, JoinTokens, DefaultAddrPool, SubnetSize } = session.body('GET', '/swarm');

  expect(Spec).toMatchObject({ Name: 'default', Raft: { ElectionTick: 10 }, Dispatcher: { HeartbeatPeriod: 5e9 } });
  expect({ DefaultAddrPool, SubnetSize }).toEqual({ DefaultAddrPool: ['10.0.0.0/8'], SubnetSize: 24 });
  expect(JoinTokens.Worker).toMatch(/^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/);
  expect(JoinTokens.Manager.slice(0, 60)).toBe(JoinTokens.Worker.slice(0, 60));
  expect(JoinTokens.Manager).not.toBe(JoinTokens.Worker);
  expect(new Session().body('GET', '/swarm').JoinTokens).toEqual(JoinTokens);
  expect(new Session({ seed: 2 }).body('GET', '/swarm').JoinTokens).not.toEqual(JoinTokens);
});

test('a node of a swarm makes and joins no other', () => {
  expect(session.refusal('POST', '/swarm/init', { body: { ListenAddr: '0.0.0.0:2377' } })).toBe(IN_A_SWARM);
  expect(session.refusal('POST', '/swarm/join', { body: {} })).toBe(IN_A_SWARM);
});

test('a manager that is left alone starts over with what it has', () => {
  session = new Session({ managers: 3 }, 'm3');
  session.create('web');
  for (const node of ['m1', 'm2']) session.swarm.node(node).crash();
  session.swarm.run({ for: '1m' });
  const force = { body: { ForceNewCluster: true } };

  expect(session.call('POST', '/swarm/init', force)).toMatchObject({ status: 200, body: 'm3' });

  expect(session.body('GET', '/services/web').Spec.Name).toBe('web');
  expect(session.body('GET', '/info').Swarm).toMatchObject({ ControlAvailable: true, Error: '', Managers: 1 });
  expect(new Session({}, 'w1').refusal('POST', '/swarm/init', force)).toMatch(/^503 This node is not a swarm manager/);
});

describe('POST /swarm/update', () => {
  const update = (query: string, body: unknown) => session.refusal('POST', `/swarm/update?${query}`, { body });

  test('leaves nothing of what is not given', () => {
    const { Version } = session.body('GET', '/swarm');

    session.call('POST', `/swarm/update?version=${Version.Index}`, { body: { Name: 'default' } });

    expect(session.body('GET', '/swarm').Spec).toMatchObject({
      Orchestration: { TaskHistoryRetentionLimit: 0 },
      Dispatcher: { HeartbeatPeriod: 0 },
    });
  });

  test('rotates one token and leaves the other', () => {
    const { Version, Spec, JoinTokens } = session.body('GET', '/swarm');

    session.call('POST', `/swarm/update?version=${Version.Index}&rotateWorkerToken=true`, { body: Spec });

    const { Worker, Manager } = session.body('GET', '/swarm').JoinTokens;
    expect(Worker).not.toBe(JoinTokens.Worker);
    expect(Worker.slice(0, 59)).toBe(JoinTokens.Worker.slice(0, 59));
    expect(Manager).toBe(JoinTokens.Manager);
  });

  test('changes what is given', () => {
    const { Version, Spec } = session.body('GET', '/swarm');
    const body = { ...Spec, Orchestration: { TaskHistoryRetentionLimit: 2 } };

    expect(session.call('POST', `/swarm/update?version=${Version.Index}`, { body }).status).toBe(200);

    expect(session.body('GET', '/swarm').Spec).toEqual({ ...Spec, Orchestration: { TaskHistoryRetentionLimit: 2 } });
  });

  test.each([
    ['version=', {}, `400 invalid swarm version '': strconv.ParseUint: parsing "": invalid syntax`],
    ['version=1', { Name: 'other' }, '400 swarm spec must be named "default"'],
    ['version=99', {}, '500 rpc error: code = Unknown desc = update out of sequence'],
    ['version=1', { CAConfig: { ForceRotate: 1 } }, '501 rotating the root certificate is not simulated'],
  ])('with %s and %j is refused', (query, body, refusal) => {
    expect(update(query, body)).toBe(refusal);
  });
});

test('there is an unlock key where managers lock themselves, another one after each rotation and each new beginning', () => {
  const keyAfter = (AutoLockManagers: boolean, rotation = '') => {
    const { Version, Spec } = session.body('GET', '/swarm');
    const body = { ...Spec, EncryptionConfig: { AutoLockManagers } };
    session.call('POST', `/swarm/update?version=${Version.Index}${rotation}`, { body });
    return session.body('GET', '/swarm/unlockkey').UnlockKey;
  };
  expect(session.body('GET', '/swarm/unlockkey')).toEqual({ UnlockKey: '' });

  const first = keyAfter(true);
  const second = keyAfter(true, '&rotateManagerUnlockKey=true');

  expect(first).toMatch(/^SWMKEY-1-[A-Za-z0-9+/]{43}$/);
  expect(keyAfter(true)).toBe(second);
  expect(keyAfter(false, '&rotateManagerUnlockKey=true')).toBe('');
  expect(new Set([first, second, keyAfter(true)]).size).toBe(3);
  expect(session.refusal('POST', '/swarm/unlock', { body: { UnlockKey: 'x' } })).toBe('409 swarm is not locked');
});

describe('POST /swarm/join', () => {
  /** On the machine w1, which has left the swarm. */
  const away = () => {
    const left = new Session({}, 'w1');
    left.call('POST', '/swarm/leave');
    const manager = engine(left.swarm, { on: 'm1' });
    const { JoinTokens } = manager.handle({ method: 'GET', path: '/swarm' }).body as Engine.Swarm;
    const nodes = () =>
      (manager.handle({ method: 'GET', path: '/nodes' }).body as Engine.Node[]).map(
        ({ ID, Description, Status, ManagerStatus }) =>
          `${ID} ${Description?.Hostname} ${Status?.State} ${ManagerStatus?.Reachability}`,
      );
    return { left, JoinTokens, nodes };
  };

  test('with the token for workers makes the machine another node', () => {
    const { left, JoinTokens, nodes } = away();
    expect(left.call('HEAD', '/_ping').headers.Swarm).toBe('inactive');

    const body = { RemoteAddrs: ['192.168.0.1'], JoinToken: JoinTokens.Worker, Availability: 'drain' };
    expect(left.call('POST', '/swarm/join', { body }).status).toBe(200);
    left.swarm.run({ for: '1m' });

    expect(nodes()).toEqual([
      'm1 m1 ready reachable',
      'w1 w1 down undefined',
      'w1-2 w1 ready undefined',
      'w2 w2 ready undefined',
    ]);
    expect(left.body('GET', '/info').Swarm).toMatchObject({ NodeID: 'w1-2', ControlAvailable: false });
    expect(left.refusal('POST', '/swarm/join', { body })).toBe(IN_A_SWARM);
    expect(left.swarm.node('w1-2').object.spec.availability).toBe('drain');
  });

  test('with the token for managers makes it a manager, also when the node that it was is gone', () => {
    const { left, JoinTokens, nodes } = away();
    left.swarm.node('w1').remove({ force: true });

    const body = { RemoteAddrs: ['192.168.0.1:2377'], JoinToken: JoinTokens.Manager };
    expect(left.call('POST', '/swarm/join', { body }).status).toBe(200);

    expect(nodes()).toContain('w1-2 w1 ready reachable');
    expect(left.body('GET', '/info').Swarm).toMatchObject({ NodeID: 'w1-2', ControlAvailable: true });
  });

  test.each([
    ['no address', [], 'x', '400 at least 1 RemoteAddr is required to join'],
    ['a text for a token', ['192.168.0.1'], 'x', '500 invalid join token'],
    [
      'a token of another swarm',
      ['192.168.0.1'],
      `SWMTKN-1-${'a'.repeat(50)}-${'b'.repeat(25)}`,
      '400 rpc error: code = InvalidArgument desc = A valid join token is necessary to join this cluster',
    ],
    [
      'the address of a worker',
      ['192.168.0.3:2377'],
      'x',
      '503 rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 192.168.0.3:2377: connect: connection refused"',
    ],
  ])('with %s is refused', (_what, RemoteAddrs, JoinToken, refusal) => {
    expect(away().left.refusal('POST', '/swarm/join', { body: { RemoteAddrs, JoinToken } })).toBe(refusal);
  });

  test('gives up after 20 seconds where there is no leader to let it in', () => {
    const left = new Session({ managers: 2 }, 'w1');
    const { JoinTokens } = engine(left.swarm, { on: 'm1' }).handle({ method: 'GET', path: '/swarm' })
      .body as Engine.Swarm;
    left.call('POST', '/swarm/leave');
    left.swarm.node('m2').crash();
    left.swarm.run({ for: '1m' });
    const before = left.swarm.now;

    const body = { RemoteAddrs: ['192.168.0.1'], JoinToken: JoinTokens.Worker };
    expect(left.refusal('POST', '/swarm/join', { body })).toMatch(/^503 Timeout was reached before node joined/);

    expect(Math.round((left.swarm.now - before) / 1e6)).toBe(20);
  });
});

test('a manager that was restarted is unlocked with the key that it had', () => {
  session = new Session({ managers: 3 }, 'm2');
  const { Version, Spec } = session.body('GET', '/swarm');
  const query = `version=${Version.Index}`;
  session.call('POST', `/swarm/update?${query}`, { body: { ...Spec, EncryptionConfig: { AutoLockManagers: true } } });
  const key = session.body('GET', '/swarm/unlockkey');
  session.swarm.node('m2').crash();
  session.swarm.run({ for: '5s' });
  session.swarm.node('m2').boot();
  session.swarm.run({ for: '5s' });

  expect(session.body('GET', '/info').Swarm).toMatchObject({ LocalNodeState: 'locked', ControlAvailable: false });
  expect(session.refusal('GET', '/nodes')).toMatch(/^503 Swarm is encrypted and needs to be unlocked/);
  expect(session.refusal('POST', '/swarm/unlock', { body: { UnlockKey: 'SWMKEY-1-x' } })).toBe(
    '401 swarm could not be unlocked: invalid key provided',
  );
  expect(session.call('POST', '/swarm/unlock', { body: key })).toMatchObject({ status: 200 });
  session.swarm.run({ for: '5s' });

  expect(session.body('GET', '/info').Swarm).toMatchObject({ LocalNodeState: 'active', ControlAvailable: true });
  expect(session.refusal('POST', '/swarm/unlock', { body: key })).toBe('409 swarm is not locked');
});

describe('POST /swarm/leave', () => {
  const BEGINNING = 'You are attempting to leave the swarm on a node that is participating as a manager. ';
  const END =
    'The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. Use `--force` to suppress this message.';

  test('the last manager erases the swarm', () => {
    expect(session.refusal('POST', '/swarm/leave')).toBe(
      `503 ${BEGINNING}Removing the last manager erases all current state of the swarm. Use \`--force\` to ignore this message. `,
    );
  });

  test.each([
    [2, 'Removing this node leaves 1 managers out of 2. Without a Raft quorum your swarm will be inaccessible. '],
    [3, ''],
  ])('one of %s managers is warned of what the quorum loses', (managers, loss) => {
    expect(new Session({ managers }).refusal('POST', '/swarm/leave')).toBe(`503 ${BEGINNING}${loss}${END}`);
  });

  test('one that has its certificate and is no member yet may be needed', () => {
    session.swarm.node('w1').promote();
    const joining = engine(session.swarm, { on: 'w1' });
    const messageOf = (method: string, path: string) =>
      (joining.handle({ method, path }).body as { readonly message?: string }).message;
    const isPrepared = () =>
      messageOf('GET', '/nodes') ===
      'This node is not a swarm manager. Manager is being prepared or has trouble connecting to the cluster.';

    for (let step = 0; step < 10_000 && !isPrepared(); step += 1) session.swarm.run({ for: '100us' });

    expect(messageOf('POST', '/swarm/leave')).toBe(
      `${BEGINNING}Doing so may lose the consensus of your cluster. ${END}`,
    );
  });

  test('a worker leaves, and its daemon is in no swarm any more', () => {
    const api = engine(session.swarm, { on: 'w1' });

    expect(api.handle({ method: 'POST', path: '/swarm/leave' })).toMatchObject({ status: 200 });
    expect(api.handle({ method: 'POST', path: '/swarm/leave' })).toMatchObject({ status: 503 });
    expect(session.swarm.node('w1').isInSwarm).toBe(false);
  });

  test('by force a manager leaves, too', () => {
    const on = new Session({ managers: 3 }, 'm2');

    expect(on.call('POST', '/swarm/leave?force=1')).toMatchObject({ status: 200 });
    expect(on.swarm.managers().map(({ id }) => id)).toEqual(['m1', 'm2', 'm3']);
  });

  test('a node that is in no swarm has none to leave', () => {
    const api = engine(session.swarm, { on: 'w1' });
    session.swarm.node('w1').remove({ force: true });

    expect(api.handle({ method: 'POST', path: '/swarm/leave' })).toMatchObject({
      status: 503,
      body: { message: 'This node is not part of a swarm' },
    });
  });
});
