import { beforeEach, describe, expect, test } from 'vitest';
import { Session, serviceBody } from './session.ts';

let session: Session;
beforeEach(() => {
  session = new Session();
});

const namesOf = (services: readonly { readonly Spec: { readonly Name: string } }[]) =>
  services.map(({ Spec }) => Spec.Name).sort();

describe('GET /services', () => {
  beforeEach(() => {
    session.create('web', { Labels: { team: 'x' } });
    session.create('web-api', { Labels: { team: 'x', tier: 'back' } });
    session.create('agent', { Mode: { Global: {} } });
  });

  test.each([
    [{ name: ['web'] }, ['web', 'web-api']],
    [{ name: { web: true, ag: false } }, ['agent', 'web', 'web-api']],
    [{ name: ['api'] }, []],
    [{ label: ['team'] }, ['web', 'web-api']],
    [{ label: ['team=x', 'tier=back'] }, ['web-api']],
    [{ label: ['team=y'] }, []],
    [{ label: ['team='] }, ['web', 'web-api']],
    [{ mode: ['global'] }, ['agent']],
    [{ mode: ['global', 'replicated'], name: ['web-'] }, ['web-api']],
    [{ runtime: ['plugin'] }, []],
    [{ name: [] }, ['agent', 'web', 'web-api']],
  ])('with %j', (filters, expected) => {
    expect(namesOf(session.body('GET', session.filtered('/services', filters)))).toEqual(expected);
  });

  test('an id is matched by its beginning', () => {
    const { ID } = session.body('GET', '/services/agent');

    expect(namesOf(session.body('GET', session.filtered('/services', { id: [ID.slice(0, 8)] })))).toEqual(['agent']);
  });

  test.each([
    ['{"foo":["x"]}', "400 invalid filter 'foo'"],
    ['{', '400 invalid filter'],
    ['[]', '400 invalid filter'],
    ['{"name":"web"}', '400 invalid filter'],
    ['{"name":{"web":1}}', '400 invalid filter'],
  ])('%s is no filter', (filters, refusal) => {
    expect(session.refusal('GET', `/services?filters=${encodeURIComponent(filters)}`)).toBe(refusal);
  });

  test('counts tasks only where that is asked for', () => {
    const [listed] = session.body('GET', `${session.filtered('/services', { name: ['agent'] })}&status=true`);

    expect(listed.ServiceStatus).toEqual({ RunningTasks: 3, DesiredTasks: 3, CompletedTasks: 0 });
    expect(session.body('GET', '/services').every((service: object) => !('ServiceStatus' in service))).toBe(true);
    expect(session.body('GET', '/v1.40/services?status=true')[0].ServiceStatus).toBeUndefined();
    expect(session.refusal('GET', '/services?status=perhaps')).toBe(
      '400 invalid value for status: perhaps: strconv.ParseBool: parsing "perhaps": invalid syntax',
    );
  });

  test('comes in the order of ids', () => {
    const ids = session.body('GET', '/services').map(({ ID }: { ID: string }) => ID);

    expect(ids).toEqual([...ids].sort());
  });
});

describe('GET /services/{ref}', () => {
  test('finds a service by id, by name and by how its id begins', () => {
    const id = session.create('web');

    for (const reference of [id, 'web', id.slice(0, 6)]) {
      expect(session.body('GET', `/services/${reference}`).ID).toBe(id);
    }
    expect(session.refusal('GET', '/services/we')).toBe('404 service we not found');
  });

  test('a beginning that fits two is ambiguous, unless it is the name of one', () => {
    const prefix = commonPrefixOfTwo(Array.from({ length: 40 }, (_, index) => session.create(`web-${index}`)));

    expect(session.refusal('GET', `/services/${prefix}`)).toMatch(/^400 service . is ambiguous \(\d+ matches found\)$/);

    session.create(prefix);
    expect(session.body('GET', `/services/${prefix}`).Spec.Name).toBe(prefix);
  });

  test('fills in what Swarm assumes only where that is asked for', () => {
    session.create('web');

    expect(session.body('GET', '/services/web?insertDefaults=false').Spec.UpdateConfig).toBeUndefined();
    expect(session.body('GET', '/services/web?insertDefaults=True').Spec).toMatchObject({
      UpdateConfig: { Parallelism: 1, FailureAction: 'pause', Monitor: 5e9, MaxFailureRatio: 0, Order: 'stop-first' },
      TaskTemplate: { ContainerSpec: { StopGracePeriod: 10e9 }, RestartPolicy: { Condition: 'any', Delay: 5e9 } },
    });
  });
});

describe('POST /services/create', () => {
  test('answers 201 with an id and no warnings', () => {
    const response = session.call('POST', '/services/create', { body: serviceBody('web') });

    expect(response).toMatchObject({
      status: 201,
      body: { ID: expect.stringMatching(/^[a-z0-9]{25}$/), Warnings: null },
    });
  });

  test('a taken name is a conflict', () => {
    session.create('web');

    expect(session.refusal('POST', '/services/create', { body: serviceBody('web') })).toBe(
      '409 rpc error: code = AlreadyExists desc = name conflicts with an existing object: service web already exists',
    );
  });

  test.each([
    [{ UpdateConfig: { FailureAction: 'explode' } }, '400 unrecognized update failure action explode'],
    [{ Mode: { Replicated: {}, Global: {} } }, '400 must specify only one service mode'],
    [
      { UpdateConfig: { MaxFailureRatio: 2 } },
      '400 rpc error: code = InvalidArgument desc = TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1',
    ],
  ])('%j is refused', (spec, refusal) => {
    expect(session.refusal('POST', '/services/create', { body: serviceBody('web', spec) })).toBe(refusal);
  });

  test('a service without a name gets one, always the same and never one that is taken', () => {
    const name = () => namesOf(session.body('GET', '/services'))[0];
    session.create('');
    const first = name();

    session = new Session();
    session.create('');
    expect(name()).toBe(first);
    expect(first).toMatch(/^[a-z]+_[a-z]+$/);

    session.create('', { TaskTemplate: { ContainerSpec: { Image: 'web:v1' } } });
    expect(session.body('GET', '/services')).toHaveLength(2);
  });

  test('the names of networks become ids', () => {
    const { Id } = session.body('POST', '/networks/create', { body: { Name: 'front', Driver: 'overlay' } });
    const networks = (Target: string) => ({
      TaskTemplate: { ContainerSpec: { Image: 'web:v1' }, Networks: [{ Target, Aliases: ['w'] }] },
    });

    session.create('web', networks('front'));

    expect(session.body('GET', '/services/web').Spec.TaskTemplate.Networks).toEqual([{ Target: Id, Aliases: ['w'] }]);
    expect(session.refusal('POST', '/services/create', { body: serviceBody('api', networks('ghost')) })).toBe(
      '404 network ghost not found',
    );
  });

  test('the images of clients before 1.30 are pinned by the daemon', () => {
    session.swarm.images.define('gone:v1', { missing: true });

    session.body('POST', '/v1.29/services/create', { body: serviceBody('web') });
    const missing = session.body('POST', '/v1.29/services/create', { body: serviceBody('gone') });

    expect(session.body('GET', '/services/web').Spec.TaskTemplate.ContainerSpec.Image).toMatch(
      /^web:v1@sha256:[0-9a-f]{64}$/,
    );
    expect(missing.Warnings).toEqual([expect.stringContaining('image gone:v1 could not be accessed on a registry')]);
  });

  test('old clients cannot have meant what came later', () => {
    const TaskTemplate = {
      ContainerSpec: { Image: 'web:v1', Sysctls: { a: '1' }, Healthcheck: { StartInterval: 1e9, Retries: 3 } },
      Placement: { MaxReplicas: 2, Constraints: ['node.role==worker'] },
    };

    session.body('POST', '/v1.39/services/create', { body: serviceBody('web', { TaskTemplate }) });

    const { ContainerSpec, Placement } = session.body('GET', '/services/web').Spec.TaskTemplate;
    expect(ContainerSpec.Sysctls).toBeUndefined();
    expect(ContainerSpec.Healthcheck).toEqual({ Retries: 3 });
    expect(Placement).toEqual({ Constraints: ['node.role==worker'] });
  });

  test('clients before 1.44 may have networks beside the task', () => {
    const { Id } = session.body('POST', '/networks/create', { body: { Name: 'front', Driver: 'overlay' } });
    const networks = { Networks: [{ Target: 'front' }] };

    session.body('POST', '/v1.43/services/create', { body: serviceBody('old', networks) });
    session.body('POST', '/v1.44/services/create', { body: serviceBody('new', networks) });

    expect(session.body('GET', '/services/old').Spec.TaskTemplate.Networks).toEqual([{ Target: Id }]);
    expect(session.body('GET', '/services/new').Spec.TaskTemplate.Networks).toBeUndefined();
  });
});

describe('POST /services/{ref}/update', () => {
  const versionOf = (reference: string): number => session.body('GET', `/services/${reference}`).Version.Index;
  const v2 = { body: serviceBody('web', { TaskTemplate: { ContainerSpec: { Image: 'web:v2' } } }) };

  beforeEach(() => {
    session.create('web');
  });

  test('replaces the specification and keeps the one before', () => {
    const response = session.call('POST', `/services/web/update?version=${versionOf('web')}`, v2);

    expect(response).toMatchObject({ status: 200, body: { Warnings: null } });
    expect(session.body('GET', '/services/web')).toMatchObject({
      Spec: { TaskTemplate: { ContainerSpec: { Image: 'web:v2' } } },
      PreviousSpec: { TaskTemplate: { ContainerSpec: { Image: 'web:v1' } } },
    });
  });

  test.each([
    ['', `400 invalid service version '': strconv.ParseUint: parsing "": invalid syntax`],
    ['x', `400 invalid service version 'x': strconv.ParseUint: parsing "x": invalid syntax`],
    ['-1', `400 invalid service version '-1': strconv.ParseUint: parsing "-1": invalid syntax`],
    [
      '18446744073709551616',
      `400 invalid service version '18446744073709551616': strconv.ParseUint: parsing "18446744073709551616": value out of range`,
    ],
    ['99', '500 rpc error: code = Unknown desc = update out of sequence'],
  ])('version %j is refused', (version, refusal) => {
    expect(session.refusal('POST', `/services/web/update?version=${version}`, v2)).toBe(refusal);
  });

  test('the mode cannot change', () => {
    const body = serviceBody('web', { Mode: { Global: {} } });

    expect(session.refusal('POST', `/services/web/update?version=${versionOf('web')}`, { body })).toBe(
      '501 rpc error: code = Unimplemented desc = service mode change is not allowed',
    );
  });

  test('a rollback swaps the specifications, whatever the body says', () => {
    session.call('POST', `/services/web/update?version=${versionOf('web')}`, v2);
    session.swarm.runUntilSettled();

    const address = `/services/web/update?rollback=previous&version=${versionOf('web')}`;
    const body = serviceBody('web', { TaskTemplate: { ContainerSpec: { Image: 'web:v9' } } });
    session.call('POST', address, { body });

    expect(session.body('GET', '/services/web')).toMatchObject({
      Spec: { TaskTemplate: { ContainerSpec: { Image: 'web:v1' } } },
      PreviousSpec: { TaskTemplate: { ContainerSpec: { Image: 'web:v2' } } },
      UpdateStatus: { State: 'rollback_started', Message: 'manually requested rollback' },
    });
  });

  test('there is nothing to roll back to before the first update', () => {
    const { ID, Version } = session.body('GET', '/services/web');
    const address = `/services/web/update?rollback=previous&version=${Version.Index}`;

    expect(session.refusal('POST', address, { body: serviceBody('web') })).toBe(
      `400 rpc error: code = FailedPrecondition desc = service ${ID} does not have a previous spec`,
    );
    expect(session.refusal('POST', `/services/web/update?rollback=next&version=${Version.Index}`, v2)).toBe(
      '500 unrecognized rollback option next',
    );
  });

  test('credentials are kept, replaced, or taken from the specification before', () => {
    const auth = () => session.swarm.service('web').object.spec.task.container.pullOptions?.registryAuth;
    const update = (query: string, headers = {}) =>
      session.call('POST', `/services/web/update?${query}version=${versionOf('web')}`, { ...v2, headers });

    update('', { 'x-registry-auth': 'first' });
    expect(auth()).toBe('first');
    update('registryAuthFrom=spec&', { 'X-Registry-Auth': 'second' });
    expect(auth()).toBe('second');
    update('registryAuthFrom=spec&');
    expect(auth()).toBe('second');
    update('registryAuthFrom=previous-spec&', { 'X-Registry-Auth': 'third' });
    expect(auth()).toBe('third');
    update('registryAuthFrom=previous-spec&');
    expect(auth()).toBe('second');
  });

  test('credentials come from nowhere else', () => {
    const address = `/services/web/update?version=${versionOf('web')}&registryAuthFrom`;

    expect(session.refusal('POST', `${address}=elsewhere`, v2)).toBe("400 invalid registryAuthFrom 'elsewhere'");
    expect(session.refusal('POST', `${address}=previous-spec`, v2)).toBe('500 service does not have a previous spec');
  });
});

test('a removed service is gone', () => {
  session.create('web');

  expect(session.call('DELETE', '/services/web').status).toBe(200);
  expect(session.refusal('GET', '/services/web')).toBe('404 service web not found');
  expect(session.refusal('DELETE', '/services/web')).toBe('404 service web not found');
});

test('a job counts what it has completed', () => {
  session.swarm.images.define('job:v1', { completes: '1s' });
  session.create('job', { Mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 3 } } });

  const [job] = session.body('GET', '/services?status=1');

  expect(job.ServiceStatus).toEqual({ RunningTasks: 0, DesiredTasks: 2, CompletedTasks: 3 });
});

/** One character with which two of the ids begin. */
function commonPrefixOfTwo(ids: readonly string[]): string {
  const first = ids.map((id) => id[0]!);
  return first.find((character, index) => first.indexOf(character) !== index && /[a-z]/.test(character))!;
}
