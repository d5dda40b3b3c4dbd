import { beforeEach, describe, expect, test } from 'vitest';
import { Session } from './session.ts';

const DATA = 'c2VjcmV0';

describe.each(['secret', 'config'])('/%ss', (noun) => {
  let session: Session;
  beforeEach(() => {
    session = new Session();
  });

  const create = (Name: string, Labels = {}): string =>
    session.body('POST', `/${noun}s/create`, { body: { Name, Labels, Data: DATA } }).ID;
  const namesOf = (filters: unknown): string[] =>
    session
      .body('GET', session.filtered(`/${noun}s`, filters))
      .map(({ Spec }: { Spec: { Name: string } }) => Spec.Name)
      .sort();

  test('are created once, and found by id, name and how an id begins', () => {
    const id = create('key');

    for (const reference of [id, 'key', id.slice(0, 8)]) {
      expect(session.body('GET', `/${noun}s/${reference}`)).toMatchObject({
        ID: id,
        Spec: { Name: 'key', Labels: {} },
      });
    }
    expect(session.refusal('GET', `/${noun}s/ghost`)).toBe(`404 ${noun} ghost not found`);
    expect(session.refusal('POST', `/${noun}s/create`, { body: { Name: 'key', Data: DATA } })).toBe(
      `409 rpc error: code = AlreadyExists desc = ${noun} key already exists`,
    );
  });

  test('are filtered by names, ids and labels', () => {
    const id = create('key-a', { team: 'x' });
    create('key-b', { team: 'y' });
    create('lock');

    expect(namesOf({ name: { key: true } })).toEqual(['key-a', 'key-b']);
    expect(namesOf({ name: ['key'], label: ['team=y'] })).toEqual(['key-b']);
    // Any one of name and id counts.
    expect(namesOf({ name: ['lock'], id: [id] })).toEqual(['key-a', 'lock']);
    expect(session.refusal('GET', session.filtered(`/${noun}s`, { driver: ['x'] }))).toBe(
      "400 invalid filter 'driver'",
    );
  });

  test('only their labels can change', () => {
    create('key');
    const { Version } = session.body('GET', `/${noun}s/key`);
    const address = `/${noun}s/key/update?version=${Version.Index}`;

    const other = { Name: 'key', Labels: {}, Data: 'b3RoZXI=' };
    expect(session.refusal('POST', address, { body: other })).toBe(
      '400 rpc error: code = InvalidArgument desc = only updates to Labels are allowed',
    );
    expect(session.refusal('POST', `/${noun}s/key/update?version=`, { body: {} })).toBe(`400 invalid ${noun} version`);

    expect(session.call('POST', address, { body: { Name: 'key', Labels: { a: '1' }, Data: DATA } }).status).toBe(200);
    expect(session.body('GET', `/${noun}s/key`).Spec.Labels).toEqual({ a: '1' });
  });

  test('are removed unless a service uses them', () => {
    const id = create('key');
    const reference = {
      [`${noun === 'secret' ? 'Secret' : 'Config'}ID`]: id,
      [`${noun === 'secret' ? 'Secret' : 'Config'}Name`]: 'key',
      File: { Name: 'key', UID: '0', GID: '0', Mode: 292 },
    };
    const container = { Image: 'web:v1', [noun === 'secret' ? 'Secrets' : 'Configs']: [reference] };
    session.create('web', { TaskTemplate: { ContainerSpec: container } });

    expect(session.refusal('DELETE', `/${noun}s/key`)).toBe(
      `400 rpc error: code = InvalidArgument desc = ${noun} 'key' is in use by the following service: web`,
    );

    session.call('DELETE', '/services/web');
    expect(session.call('DELETE', `/${noun}s/key`).status).toBe(204);
  });

  test('have templates since 1.37', () => {
    const body = { Name: 'key', Data: DATA, Templating: { Name: 'golang' } };

    expect(session.refusal('POST', `/v1.36/${noun}s/create`, { body })).toBe(
      `400 ${noun} templating is not supported on the specified API version: 1.36`,
    );
    expect(session.call('POST', `/v1.37/${noun}s/create`, { body }).status).toBe(201);
  });
});

test('secrets are also filtered by whole names', () => {
  const session = new Session();
  for (const Name of ['key', 'key-a']) session.call('POST', '/secrets/create', { body: { Name, Data: DATA } });

  expect(session.body('GET', session.filtered('/secrets', { names: ['key'] }))).toMatchObject([
    { Spec: { Name: 'key' } },
  ]);
  expect(session.refusal('GET', session.filtered('/configs', { names: ['key'] }))).toBe("400 invalid filter 'names'");
});

test('the data of a config is shown, that of a secret is not', () => {
  const session = new Session();
  for (const noun of ['secret', 'config']) {
    session.call('POST', `/${noun}s/create`, { body: { Name: 'key', Data: DATA } });
  }

  expect(session.body('GET', '/configs/key').Spec.Data).toBe(DATA);
  expect(session.body('GET', '/secrets/key').Spec.Data).toBeUndefined();
});
