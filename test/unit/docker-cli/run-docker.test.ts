import { describe, expect, test } from 'vitest';
import { DockerSession, engineService } from '../../support/docker-session.ts';

describe('a command line', () => {
  test('is split as a shell splits it, with or without the word docker', () => {
    const session = new DockerSession({ services: [engineService('web')] });

    const bare = session.type(`service ls --format 'table {{.Name}}\\t{{.Mode}}'`);
    const full = session.type('docker service ls --format "table {{.Name}}\\\\t{{.Mode}}"');

    expect(bare.stdout).toBe('NAME      MODE\nweb       replicated\n');
    expect(full.stdout).toBe(bare.stdout);
  });

  test('with an unknown flag fails with 125 and the usage, after the daemon was pinged', () => {
    const session = new DockerSession();

    const result = session.type('service ls --bogus');

    expect(result).toMatchObject({ exitCode: 125, stdout: '' });
    expect(result.stderr).toBe(
      'unknown flag: --bogus\n\nUsage:  docker service ls [OPTIONS]\n\n' +
        "Run 'docker service ls --help' for more information\n",
    );
    expect(session.calls).toEqual(['HEAD /_ping']);
  });

  test('with an unknown command fails with 1', () => {
    expect(new DockerSession().type('service foo')).toMatchObject({
      exitCode: 1,
      stderr:
        'docker: unknown command: docker service foo\n\nUsage:  docker service\n\n' +
        "Run 'docker service --help' for more information\n",
    });
  });

  test('with too few arguments says how many are needed', () => {
    expect(new DockerSession().type('service ps').stderr).toMatch(
      /^docker: 'docker service ps' requires at least 1 argument\n/,
    );
    expect(new DockerSession().type('service update').stderr).toMatch(
      /^docker: 'docker service update' requires 1 argument\n/,
    );
    expect(new DockerSession().type('node ls x').stderr).toMatch(/^docker: 'docker node ls' accepts no arguments\n/);
  });

  test('that asks for help prints the options, wrapped to the terminal', () => {
    const narrow = new DockerSession().type('service scale --help').stdout;
    const wide = new DockerSession().type('service scale --help', { columns: 200 }).stdout;

    expect(narrow).toContain(
      '  -d, --detach   Exit immediately instead of waiting for the service to\n                 converge\n',
    );
    expect(wide).toContain('  -d, --detach   Exit immediately instead of waiting for the service to converge\n');
  });

  test('a list alias and `system info` lead to the same commands', () => {
    const session = new DockerSession({ services: [engineService('web')] });

    expect(session.type('service list -q').stdout).toBe(session.type('service ls -q').stdout);
    expect(session.type("system info -f '{{.Swarm.NodeID}}'").stdout).toBe('node1\n');
    expect(session.type('system info x').stderr).toContain("docker: 'docker system info' accepts no arguments");
  });

  test('-h is an old word for --help, for nouns, too', () => {
    const session = new DockerSession();

    expect(session.type('node -h')).toMatchObject({
      exitCode: 0,
      stdout: `Flag shorthand -h has been deprecated, use --help\n${session.type('node --help').stdout}`,
    });
  });

  test('a reference is escaped in the path', () => {
    const session = new DockerSession();

    session.type('service rm "a b"');

    expect(session.calls.at(-1)).toBe('DELETE /v1.50/services/a%20b');
  });

  test('a number that JSON does not have is not sent', () => {
    const session = new DockerSession();

    expect(session.type('service create -d --update-max-failure-ratio inf x:1').stderr).toContain(
      'json: unsupported value: +Inf',
    );
    expect(session.calls.some((call) => call.startsWith('POST'))).toBe(false);
  });

  test('a variable that is given twice with one value is sent twice, with two values once', () => {
    const session = new DockerSession();

    session.type('service create -d -e A=1 -e B=1 -e A=1 -e B=2 x:1');

    expect(session.lastBody).toMatchObject({ TaskTemplate: { ContainerSpec: { Env: ['A=1', 'A=1', 'B=2'] } } });
  });

  test('an option of a volume brings an empty driver along', () => {
    const session = new DockerSession();

    session.type('service create -d --mount type=volume,src=v,dst=/v,volume-nocopy x:1');

    expect(session.lastBody).toMatchObject({
      TaskTemplate: { ContainerSpec: { Mounts: [{ VolumeOptions: { NoCopy: true, DriverConfig: {} } }] } },
    });
  });
});

describe('the API version', () => {
  test('is the older of both sides', () => {
    const session = new DockerSession({ ping: { 'Api-Version': '1.44' } });

    session.type('node ls -q');

    expect(session.calls).toEqual(['HEAD /_ping', 'GET /v1.44/nodes']);
  });

  test('is what DOCKER_API_VERSION says, though the daemon is still pinged', () => {
    const session = new DockerSession();

    session.type('node ls -q', { env: { DOCKER_API_VERSION: '1.43' } });

    expect(session.calls).toEqual(['HEAD /_ping', 'GET /v1.43/nodes']);
  });

  test('decides which flags may be used; all that are too new are named', () => {
    const session = new DockerSession({ ping: { 'Api-Version': '1.40' } });

    const result = session.type('service create --limit-pids 1 --cap-add x nginx');

    expect(result.stderr).toBe(
      '"--cap-add" requires API version 1.41, but the Docker daemon API version is 1.40\n' +
        '"--limit-pids" requires API version 1.41, but the Docker daemon API version is 1.40\n',
    );
    expect(session.calls).toEqual(['HEAD /_ping']);
  });

  test('before 1.30 leaves the look-up of images to the daemon', () => {
    const session = new DockerSession({ ping: { 'Api-Version': '1.29' } });

    session.type('service create -d nginx');

    expect(session.calls).toEqual(['HEAD /_ping', 'POST /v1.29/services/create']);
    expect(session.endpoint.requests.at(-1)!.headers).toEqual({ version: '1.29' });
  });
});

describe('an error of the daemon', () => {
  const failing = (status: number, body?: unknown) =>
    new DockerSession({}, [{ method: 'GET', path: '/nodes', status, ...(body === undefined ? {} : { body }) }]).type(
      'node ls',
    );

  test('is shown with its message trimmed', () => {
    expect(failing(503, { message: ' no leader \n' })).toMatchObject({
      exitCode: 1,
      stderr: 'Error response from daemon: no leader\n',
    });
  });

  test('without a body names the address', () => {
    expect(failing(500).stderr).toBe(
      'request returned 500 Internal Server Error for API route and version ' +
        'http://%2Fvar%2Frun%2Fdocker.sock/v1.50/nodes, check if the server supports the requested API version\n',
    );
  });

  test('without a message says so', () => {
    expect(failing(500, {}).stderr).toBe(
      'Error response from daemon: API returned a 500 (Internal Server Error) but provided no error-message\n',
    );
  });
});

describe('a stack', () => {
  const FILE = { 'web.yml': 'services: {web: {image: "nginx:1"}}\n' };

  test('is deployed from files given as text', () => {
    const session = new DockerSession();

    const result = session.type('stack deploy --detach -c web.yml st', { files: FILE, cwd: '/srv' });

    expect(result).toMatchObject({ exitCode: 0, stdout: 'Creating network st_default\nCreating service st_web\n' });
    expect(session.lastBody).toMatchObject({ Name: 'st_web', TaskTemplate: { ContainerSpec: { Image: 'nginx:1' } } });
  });

  test('warns about a file before a later one fails', () => {
    const files = {
      'a.yml': 'services: {web: {image: x}}\nnetworks: {n: {external: {name: m}}}\n',
      'b.yml': 'services: {web: {imagee: x}}\n',
    };

    expect(new DockerSession().type('stack config -c a.yml -c b.yml', { files }).stderr).toBe(
      'time="2024-03-01T12:00:00Z" level=warning msg="network n: network.external.name is deprecated in favor of network.name"\n' +
        'services.web Additional property imagee is not allowed\n',
    );
  });

  test('files may be asked for by absolute path', () => {
    const asked: string[] = [];
    const files = (path: string) => {
      asked.push(path);
      return path === '/srv/app/web.yml' ? FILE['web.yml'] : undefined;
    };

    const result = new DockerSession().type('stack config -c app/web.yml', { files, cwd: '/srv' });

    expect(result.stdout).toContain('image: nginx:1');
    expect(asked).toEqual(['/srv/app/web.yml']);
  });

  test('an update keeps the counter that forces restarts, and a digest unless it is to be looked up', () => {
    const existing = engineService('st_web', {
      Labels: { 'com.docker.stack.namespace': 'st', 'com.docker.stack.image': 'nginx:1' },
      TaskTemplate: { ContainerSpec: { Image: 'nginx:1@sha256:abc' }, ForceUpdate: 3 },
    });
    const session = new DockerSession({ services: [existing] });

    session.type('stack deploy -d -c web.yml --resolve-image never st', { files: FILE });

    expect(session.lastBody).toMatchObject({
      TaskTemplate: { ContainerSpec: { Image: 'nginx:1@sha256:abc' }, ForceUpdate: 3 },
    });
  });

  test('an image that is none is refused before the daemon is asked', () => {
    const deploy = (image: string) =>
      new DockerSession().type('stack deploy -d -c a.yml st', {
        files: { 'a.yml': `services: {web: {image: "${image}"}}` },
      });

    expect(deploy('Nginx:1').stderr).toBe(
      'invalid image reference for service web: invalid reference format: repository name (library/Nginx) must be lowercase\n',
    );
    expect(deploy('a:b:c').stderr).toBe('invalid image reference for service web: invalid reference format\n');
  });
});

describe('waiting', () => {
  const stuck = {
    ...engineService('web', { Mode: { Replicated: { Replicas: 1 } } }),
    UpdateStatus: { State: 'updating' },
  };

  test('a user without patience is told that it goes on', () => {
    const session = new DockerSession({ services: [stuck] });

    const result = session.type('service update --force web', { patienceMs: 1000 });

    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(
      /\nOperation continuing in background\.\nUse `docker service ps web` to check progress\.\n$/,
    );
    expect(session.endpoint.now - Date.UTC(2024, 2, 1, 12)).toBe(1000);
  });

  test('scaling reports every service, also those that fail', () => {
    const session = new DockerSession({
      services: [engineService('web'), engineService('agent', { Mode: { Global: {} } })],
    });

    const result = session.type('service scale -d web=5 agent=2 ghost=1');

    expect(result).toMatchObject({
      exitCode: 1,
      stdout: 'web scaled to 5\n',
      stderr:
        'agent: scale can only be used with replicated or replicated-job mode\n' +
        'ghost: Error response from daemon: service ghost not found\n',
    });
  });
});

describe('logs', () => {
  test('are shown with the task before each line, padded to the widest slot', () => {
    const details = 'com.docker.swarm.node.id=n1,com.docker.swarm.service.id=s1,com.docker.swarm.task.id=t1';
    const session = new DockerSession(
      {
        services: [engineService('web', { Mode: { Replicated: { Replicas: 10 } } })],
        tasks: [{ ID: 't1', Slot: 2, ServiceID: 's1', NodeID: 'n1' }],
        nodes: [{ ID: 'n1', Description: { Hostname: 'worker1' } }],
      },
      [
        {
          method: 'GET',
          path: '/services/web/logs',
          status: 200,
          body: [{ stream: 'stdout', text: `${details} hello\n` }],
        },
        { method: 'GET', path: '/services/s1', status: 200, body: engineService('web') },
      ],
    );

    expect(session.type('service logs web').stdout).toBe('web.2.t1@worker1     | hello\n');
    expect(session.calls).toContain('GET /v1.50/services/web/logs?details=1&stderr=1&stdout=1&tail=all');
  });

  test('that the daemon cannot get in full fail after what there is', () => {
    const body = [
      { stream: 'stdout', text: 'hello\n' },
      { stream: 'systemerr', text: 'Error grabbing logs: no\n' },
    ];
    const session = new DockerSession({ services: [engineService('web')] }, [
      { method: 'GET', path: '/services/web/logs', status: 200, body },
    ]);

    expect(session.type('service logs --raw web')).toMatchObject({
      exitCode: 1,
      stdout: 'hello\n',
      stderr: 'error from daemon in stream: Error grabbing logs: no\n\n',
    });
  });
});
