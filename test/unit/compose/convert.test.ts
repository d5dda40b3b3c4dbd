import { describe, expect, test } from 'vitest';
import { ComposeError, convertStack, loadCompose, stackFromCompose } from '../../../src/compose/index.ts';

function load(content: string) {
  return loadCompose([{ name: 'app.yml', content }], { workingDir: '/srv' });
}

function service(body: string) {
  return convertStack(load(`services:\n  app: ${body}\n`), { namespace: 'st' }).services.app!;
}

function refusal(body: string): ComposeError {
  try {
    service(body);
  } catch (error) {
    if (error instanceof ComposeError) return error;
    throw error;
  }
  throw new Error('the service was accepted');
}

describe('a stack', () => {
  test('the smallest service has the body that docker sends', () => {
    expect(service('{image: "registry.local/app:1"}')).toEqual({
      Name: 'st_app',
      Labels: { 'com.docker.stack.image': 'registry.local/app:1', 'com.docker.stack.namespace': 'st' },
      TaskTemplate: {
        ContainerSpec: {
          Image: 'registry.local/app:1',
          Labels: { 'com.docker.stack.namespace': 'st' },
          Privileges: { CredentialSpec: null, SELinuxContext: null, NoNewPrivileges: false },
        },
        Resources: {},
        Placement: {},
        Networks: [{ Target: 'st_default', Aliases: ['app'] }],
        ForceUpdate: 0,
      },
      Mode: { Replicated: {} },
      EndpointSpec: {},
    });
  });

  test('only networks that a service uses are created', () => {
    const config = load('services: {a: {image: i, networks: [used]}}\nnetworks: {used: {}, unused: {}}\n');
    expect(convertStack(config, { namespace: 'st' }).networks.create.map(({ Name }) => Name)).toEqual(['st_used']);
  });

  test('secrets carry their file in base64', () => {
    const config = load('services: {}\nsecrets: {s: {file: ./s.txt}}\n');
    const readFile = (path: string) => (path === '/srv/s.txt' ? 'hunter2é' : undefined);
    expect(convertStack(config, { namespace: 'st', readFile }).secrets).toEqual([
      {
        Name: 'st_s',
        Labels: { 'com.docker.stack.namespace': 'st' },
        Data: Buffer.from('hunter2é').toString('base64'),
      },
    ]);
  });

  test('a file that is missing is named, with the place of the secret', () => {
    const config = load('services: {}\nsecrets:\n  s: {file: ./none}\n');
    expect(() => convertStack(config, { namespace: 'st' })).toThrowError(
      expect.objectContaining({ message: 'open /srv/none: no such file or directory', line: 3, column: 13 }),
    );
  });
});

describe('refusals in the words of docker', () => {
  test.each([
    ['{deploy: {mode: global, replicas: 2}}', 'replicas can only be used with replicated or replicated-job mode'],
    ['{deploy: {mode: everywhere}}', 'Unknown mode: everywhere'],
    ['{restart: sometimes}', 'unknown restart policy: sometimes'],
    ['{restart: ":3"}', 'invalid restart policy format: no policy provided before colon'],
    ['{restart: "on-failure:x"}', 'invalid restart policy format: maximum retry count must be an integer'],
    ['{healthcheck: {disable: true, test: x}}', "test and disable can't be set at the same time"],
    ['{networks: [ghost]}', 'undefined network "ghost"'],
    ['{volumes: ["ghost:/x"]}', 'undefined volume "ghost"'],
    ['{secrets: [ghost]}', 'undefined secret "ghost"'],
    ['{volumes: [{type: tmpfs, source: x, target: /x}]}', 'invalid tmpfs source, source must be empty'],
    ['{volumes: [{type: odd, target: /x}]}', 'volume type must be volume, bind, tmpfs, npipe, or cluster'],
    ['{deploy: {resources: {limits: {cpus: "half"}}}}', 'failed to parse half as a rational number'],
    ['{deploy: {resources: {limits: {cpus: "0.0000000001"}}}}', 'value is too precise'],
    ['{credential_spec: {file: a, registry: b}}', 'invalid credential spec: cannot specify both "File" and "Registry"'],
  ])('%s', (body, message) => {
    const error = refusal(body);
    expect(error.message).toBe(`service app: ${message}`);
    expect(error).toMatchObject({ stage: 'convert', file: 'app.yml', line: 2 });
  });
});

describe('values', () => {
  test.each([
    ['0.5', 500_000_000],
    ['1', 1_000_000_000],
    ['1e-3', 1_000_000],
    ['1/4', 250_000_000],
    ['2.', 2_000_000_000],
  ])('%s CPUs are %i nano CPUs', (cpus, nanoCpus) => {
    const converted = service(`{deploy: {resources: {limits: {cpus: "${cpus}"}}}}`);
    expect(converted.TaskTemplate?.Resources?.Limits?.NanoCPUs).toBe(nanoCpus);
  });

  test('ALL swallows other capabilities, and what is added is not dropped', () => {
    const { CapabilityAdd, CapabilityDrop } = service('{cap_add: [net_admin, CAP_CHOWN], cap_drop: [chown, ALL, x]}')
      .TaskTemplate!.ContainerSpec!;
    expect([CapabilityAdd, CapabilityDrop]).toEqual([['CAP_CHOWN', 'CAP_NET_ADMIN'], ['ALL']]);
  });

  test('an empty list of name servers is sent as settings without any', () => {
    expect(service('{dns: []}').TaskTemplate!.ContainerSpec!.DNSConfig).toEqual({});
    expect(service('{}').TaskTemplate!.ContainerSpec!.DNSConfig).toBeUndefined();
  });

  test('a monitor of 0s is not sent, a restart delay of 0s is', () => {
    const converted = service('{deploy: {update_config: {monitor: 0s}, restart_policy: {delay: 0s}}}');
    expect(converted.UpdateConfig).toEqual({ Parallelism: 1, MaxFailureRatio: 0, Order: '' });
    expect(converted.TaskTemplate?.RestartPolicy).toEqual({ Delay: 0 });
  });

  test('a service in a network that every node has takes no alias', () => {
    const config = load('services: {a: {networks: [h]}}\nnetworks: {h: {external: true, name: host}}\n');
    const { services } = convertStack(config, { namespace: 'st' });
    expect(services.a?.TaskTemplate?.Networks).toEqual([{ Target: 'host' }]);
  });
});

describe('a stack for the simulator', () => {
  test('services are as the engine stores them, sorted by name', () => {
    const content = `
services:
  web: {image: web, deploy: {replicas: 3, update_config: {parallelism: 2}}}
  api: {image: api, deploy: {mode: global}}
`;
    const { services } = stackFromCompose([{ name: 'app.yml', content }], { namespace: 'shop' });
    expect(services.map(({ name, mode }) => [name, mode])).toEqual([
      ['shop_api', { kind: 'global' }],
      ['shop_web', { kind: 'replicated', replicas: 3 }],
    ]);
    expect(services[1]!.update).toEqual({
      parallelism: 2,
      delay: 0,
      failureAction: 'pause',
      maxFailureRatio: 0,
      order: 'stop-first',
    });
  });

  test('a service without an image is refused', () => {
    expect(() => stackFromCompose([{ name: 'a.yml', content: 'services: {x: {}}' }], { namespace: 's' })).toThrowError(
      'invalid image reference for service x: no image specified',
    );
  });
});
