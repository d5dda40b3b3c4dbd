import { describe, expect, test } from 'vitest';
import { type Diagnostic, formatPosition, loadCompose } from '../../../src/compose/index.ts';

function diagnose(...contents: readonly string[]): readonly Diagnostic[] {
  const names = ['base.yml', 'prod.yml', 'third.yml'];
  return loadCompose(contents.map((content, index) => ({ name: names[index]!, content }))).diagnostics;
}

function summary(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, at, path }) => `${formatPosition(at)} ${code} ${path}`);
}

const service = (body: string): string => `services:\n  web:\n    ${body}\n`;

describe('merging', () => {
  test('a health check that is written twice becomes one long command', () => {
    const found = diagnose(service('healthcheck: {test: [CMD, a]}'), service('healthcheck: {test: [CMD, b]}'));
    expect(summary(found)).toEqual(['prod.yml:3:19 list-appended services.web.healthcheck.test']);
    expect(found[0]!.message).toContain('base.yml:3:19');
  });

  test('ports with one published number collapse, even if the override does not name ports', () => {
    const found = diagnose(service('ports: ["53:53/tcp", "53:53/udp"]'), service('image: i'));
    expect(summary(found)).toEqual(['base.yml:3:5 entries-collapsed services.web.ports']);
  });

  test('a single file keeps both ports', () => {
    expect(diagnose(service('ports: ["53:53/tcp", "53:53/udp"]'))).toEqual([]);
  });

  test('a port that a later file publishes elsewhere is published twice', () => {
    const found = diagnose(service('ports: ["80:80"]'), service('ports: ["8080:80"]'));
    expect(summary(found)).toEqual(['prod.yml:3:13 port-added services.web.ports']);
    expect(found[0]!.message).toContain('port 80 is published here beside 80 of base.yml:3:13');
  });

  test('one that takes the place of another, or is of another protocol or port, is not', () => {
    for (const port of ['80:80', '80:8080', '53:80/udp'])
      expect(diagnose(service('ports: ["80:80"]'), service(`ports: ["${port}"]`)), port).toEqual([]);
  });

  test('an empty entry wipes a network', () => {
    const base = 'networks:\n  net: {driver: overlay, attachable: true}\n';
    expect(summary(diagnose(base, 'networks:\n  net:\n'))).toEqual(['prod.yml:2:3 entry-replaced networks.net']);
  });

  test('a false that is meant to switch something off is pointed out', () => {
    const found = diagnose(service('tty: true'), service('tty: false'));
    expect(found.map(({ message }) => message)).toEqual([
      'tty: false does not override true: an empty value never wins',
    ]);
  });

  test('an override that repeats what is there is not worth a word', () => {
    expect(diagnose(service('tty: false'), service('tty: false'))).toEqual([]);
  });

  test('aliases and logging options that are lost are named', () => {
    const found = diagnose(
      service('networks: {n: {aliases: [x]}}\n    logging: {driver: json-file}\nnetworks: {n: }'),
      service('networks: {n: {aliases: [y]}}\n    logging: {options: {tag: t}}'),
    );
    expect(summary(found)).toEqual([
      'prod.yml:3:20 aliases-replaced services.web.networks.n.aliases',
      'prod.yml:4:15 logging-options-lost services.web.logging.options',
    ]);
  });

  test('top-level extensions of later files are dropped', () => {
    expect(summary(diagnose('x-a: 1\n', 'x-b: 2\n'))).toEqual(['prod.yml:1:1 top-level-key-dropped x-b']);
  });
});

describe('one file', () => {
  test.each([
    ['a service', 'services: {}\n---\nservices: {a: {image: i}}\n', ['base.yml:2:1 document-ignored ']],
    ['a start and an end', '---\nservices: {}\n...\n---\nx: 1\n', ['base.yml:3:1 document-ignored ']],
    ['with other line ends', 'services: {}\r\n--- {x: 1}\r\n', ['base.yml:2:1 document-ignored ']],
    ['nothing but remarks', 'services: {}\n---\n# nothing\n\n--- # nor here\n...\n', []],
    ['text that looks like one', 'services: {}\nx-a: |\n  ---\n  b\n', []],
  ])('of which docker does not read all: %s', (_, content, found) => {
    expect(summary(diagnose(content))).toEqual(found);
  });

  test('monitor 0s means 5s', () => {
    const [found] = diagnose(service('deploy:\n      update_config: {monitor: 0s}'));
    expect(found).toMatchObject({
      code: 'zero-means-default',
      path: 'services.web.deploy.update_config.monitor',
      at: { file: 'base.yml', line: 4, column: 32 },
    });
    expect(found!.message).toContain('means 5s');
  });

  test.each([
    ['depends_on: [db]', 'ignored-key', 'services.web.depends_on'],
    ['container_name: c', 'ignored-key', 'services.web.container_name'],
    ['privileged: true', 'ignored-key', 'services.web.privileged'],
    ['oom_score_adj: 5', 'ignored-key', 'services.web.oom_score_adj'],
    ['networks: {default: {ipv4_address: 10.0.0.9}}', 'ignored-key', 'services.web.networks.default.ipv4_address'],
    ['ports: ["127.0.0.1:80:80"]', 'host-ip-ignored', 'services.web.ports.0'],
    ['volumes: ["v:/v"]', 'drive-letter-volume', 'services.web.volumes.0'],
    ['image: "nginx:$TAG"', 'unset-variable', 'services.web.image'],
    ['image: "nginx:$TAG-alpine"', 'text-as-default', 'services.web.image'],
    [`image: "nginx:\${TAG:-\${VERSION}}"`, 'nested-default', 'services.web.image'],
    [`command: "\${WHO:-me, $WHO}"`, 'nested-default', 'services.web.command'],
    ['healthcheck: {interval: 0s}', 'zero-means-default', 'services.web.healthcheck.interval'],
    [
      'deploy: {rollback_config: {failure_action: rollback}}',
      'rollback-of-rollback',
      'services.web.deploy.rollback_config.failure_action',
    ],
  ])('%s is pointed out', (body, code, path) => {
    expect(diagnose(service(body)).map((found) => [found.code, found.path])).toEqual([[code, path]]);
  });

  test('a rollback of a rollback is said to end as completed', () => {
    const [found] = diagnose(service('deploy: {rollback_config: {failure_action: rollback}}'));
    expect(found?.message).toBe(
      '`rollback` is no action for a rollback: one that fails is not stopped, and ends as `completed`',
    );
  });

  test('`restart` is pointed out only where a restart policy takes its place', () => {
    expect(diagnose(service('restart: always'))).toEqual([]);
    const found = diagnose(service('restart: always\n    deploy: {restart_policy: {condition: none}}'));
    expect(summary(found)).toEqual(['base.yml:3:14 restart-overridden services.web.restart']);
  });

  test('a variable with a default or a value is no surprise', () => {
    expect(diagnose(service(`image: "nginx:\${TAG:-1}"`))).toEqual([]);
    expect(diagnose(service(`image: "nginx:\${TAG:-1}-alpine$$TAG-x"`))).toEqual([]);
  });
});
