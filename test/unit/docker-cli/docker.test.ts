import { describe, expect, test } from 'vitest';
import { docker } from '../../../src/docker-cli/index.ts';
import { createSwarm, type Swarm } from '../../../src/swarm/index.ts';

function swarmAtRest(): Swarm {
  const swarm = createSwarm({ managers: 1, workers: 2 });
  swarm.runUntilSettled();
  return swarm;
}

describe('the client at a simulated swarm', () => {
  test('lets virtual time pass while a command waits', () => {
    const swarm = swarmAtRest();
    const before = swarm.now;

    const result = docker(swarm, 'docker service create --name web --replicas 2 web:v1');

    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout).toMatch(/verify: Service \w{25} converged\n$/);
    expect(swarm.service('web').running).toBe(2);
    expect(swarm.now - before).toBeGreaterThan(5_000_000);
  });

  test('tells the age of things by the swarm’s own clock', () => {
    const swarm = swarmAtRest();
    docker(swarm, 'service create --detach --name web web:v1');
    swarm.run({ for: '2h' });

    expect(docker(swarm, 'service ps web').stdout).toContain('Running 2 hours ago');
    expect(docker(swarm, 'service inspect --format "{{.CreatedAt}}" web').stdout).toMatch(/^2024-01-01 00:00:00/);
    expect(docker(swarm, 'service inspect --format "{{.CreatedAt}}" web', { epochMs: 0 }).stdout).toMatch(
      /^1970-01-01/,
    );
    expect(docker(swarm, 'service ps web', { epochMs: 0 }).stdout).toContain('Running 2 hours ago');
  });

  test('is typed at the node that is named', () => {
    const swarm = swarmAtRest();

    expect(docker(swarm, 'node ls', { on: 'w1' })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Error response from daemon: This node is not a swarm manager.'),
    });
    expect(() => docker(swarm, 'node ls', { on: 'w9' })).toThrow('node w9 not found');
  });

  test('reads the files that it is given', () => {
    const swarm = swarmAtRest();
    const files = { 'app.yml': 'services: { web: { image: "web:v1", deploy: { replicas: 2 } } }' };

    docker(swarm, 'stack deploy -c app.yml st', { files });
    swarm.runUntilSettled();

    expect(swarm.service('st_web').running).toBe(2);
  });

  test('presses Ctrl-C when patience ends', () => {
    const swarm = swarmAtRest();
    swarm.images.define('web:v1', { missing: true });
    const before = swarm.now;

    const result = docker(swarm, 'service create --no-resolve-image web:v1', { patienceMs: 60_000 });

    expect(result.screen).toContain('Operation continuing in background.');
    expect(result.exitCode).toBe(0);
    expect(Math.round((swarm.now - before) / 1e6)).toBe(60);
  });

  test('cannot connect to a machine that is off, nor go on when it goes down', () => {
    const swarm = createSwarm({ managers: 3 });
    swarm.runUntilSettled();
    const failure = {
      exitCode: 1,
      stderr: expect.stringContaining(
        'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n',
      ),
    };

    swarm.schedule({ action: 'crash', node: 'm2' }, { after: '2s' });

    expect(docker(swarm, 'service create --name web web:v1', { on: 'm2' })).toMatchObject(failure);
    expect(docker(swarm, 'service ls', { on: 'm2' })).toMatchObject(failure);
    expect(docker(swarm, 'service ls').exitCode).toBe(0);
  });
});
