import { describe, expect, test } from 'vitest';
import { files, run } from './files.ts';

const GOOD = 'services: {api: {image: "api:1"}}\n';
const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi']
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]\n`)
  .join('')}`;

/** Said in one line, with the place; what else there is to say is indented below. */
function expectRefusal({ code, out, err }: ReturnType<typeof run>, said: RegExp): void {
  expect(err).toMatch(said);
  expect(err).not.toMatch(/^\s+at |this is a bug/m);
  expect(
    err
      .split('\n')
      .slice(1)
      .filter((line) => !line.startsWith('  ')),
  ).toEqual([]);
  expect(out).toBe('');
  expect(code).toBe(2);
}

describe('a command line that makes no sense is refused with exit code 2', () => {
  const { good } = files({ good: GOOD });
  test.each([
    ['no files', ['evaluate'], /--from/],
    ['nothing to deploy', ['evaluate', '--from', good], /--to/],
    ['no seeds', ['evaluate', '--from', good, '--to', good, '--seeds', '0'], /whole number from 1/],
    ['half a seed', ['evaluate', '--from', good, '--to', good, '--seeds', '1.5'], /whole number from 1/],
    ['too many seeds', ['evaluate', '--from', good, '--to', good, '--seeds', '1e12'], /whole number from 1/],
    [
      'a gate on no service',
      ['evaluate', '--from', good, '--to', good, '--fail-on', 'web: stuck'],
      /no service web\n {2}there are: stack_api/,
    ],
    ['an unknown option', ['evaluate', '--from', good, '--to', good, '--sees', '3'], /unknown option '--sees'/],
    ['an unknown command', ['valuate'], /unknown command 'valuate'/],
  ])('%s', (_what, argv, said) => {
    const { code, out, err } = run(...argv);
    expect(err).toMatch(said);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('a Compose file is refused with its place', () => {
  test.each([
    ['empty', '', /file:1:1: top-level object must be a mapping/],
    ['a list', '- a\n', /: Top-level object must be a mapping/i],
    ['an unknown key', 'services: {api: {image: "api:1", imgae: x}}\n', /file:1:\d+: .*imgae/],
    ['a wrong type', 'services: {api: {image: [x]}}\n', /file:1:\d+: services\.api\.image must be a string/],
    [
      'a bad duration',
      'services: {api: {image: x, deploy: {update_config: {monitor: soon}}}}\n',
      /file:1:\d+: .*duration/,
    ],
    ['negative replicas', 'services: {api: {image: x, deploy: {replicas: -1}}}\n', /file:1:\d+: .*replicas.*-1/i],
    ['no image', 'services: {api: {}}\n', /image/],
    [
      'variables from nowhere',
      'services: {api: {image: x, env_file: no.env}}\n',
      /file:1:38: open .*no\.env: no such file/,
    ],
    [
      'a word that the engine does not know',
      'services: {api: {image: x, deploy: {restart_policy: {condition: always}}}}\n',
      /file:1:65: .*invalid RestartCondition: "always"\n {2}write none, on-failure or any/,
    ],
    ['broken YAML', 'services: {api: {image: x}\n', /file:\d+:\d+: /],
    ['binary junk', Uint8Array.from({ length: 4096 }, (_, index) => (index * 37) % 256), /file(:\d+:\d+)?: /],
    ['a bomb of aliases', BOMB, /file(:\d+:\d+)?: /],
    [
      '10 MB of text',
      `services: {api: {image: x}}\n# ${'x'.repeat(10 * 1024 * 1024)}\n`,
      /file(:\d+:\d+)?: .*(large|bytes|MiB|size)/i,
    ],
  ])('%s', (_what, content, said) => {
    const { file, good } = files({ file: content, good: GOOD });
    expectRefusal(run('evaluate', '--from', good, '--to', file, '--seeds', '1'), said);
  });
});

describe('a stack that Swarm would refuse is refused in its words, with the service and its place', () => {
  test.each(['evaluate', 'check'])('by %s', (command) => {
    const two = 'services: {api: {image: x, ports: ["80:80"]}, web: {image: x, ports: ["80:80"]}}\n';
    const slow = 'services: {api: {image: x, deploy: {update_config: {delay: -5s}}}}\n';
    const paths = files({ two, slow });
    const ask = (path: string) =>
      command === 'check' ? run('check', path) : run('evaluate', '--from', path, '--to', path, '--seeds', '1');
    expectRefusal(ask(paths.two), /two:1:47: port '80' is already in use .*\n {2}.* of the service stack_web$/);
    expectRefusal(ask(paths.slow), /slow:1:12: TaskSpec: update-delay cannot be negative\n {2}.* stack_api$/);
  });
});

describe('what no computer could play is refused', () => {
  const { good, many, large } = files({
    good: GOOD,
    many: 'services: {api: {image: x, deploy: {replicas: 100000000}}}\n',
    large: 'cluster: {workers: 10000000}\n',
  });
  test.each([
    ['replicas, by evaluate', ['evaluate', '--from', many, '--to', many], /of stack_api, 100000000 are wanted/],
    ['replicas, by check', ['check', many], /of stack_api, 100000000 are wanted/],
    [
      'nodes',
      ['evaluate', '--from', good, '--to', good, '--scenario', large],
      /large:1:20: cluster\.workers must be a whole number from 0 to 10000/,
    ],
    [
      'nodes, by check',
      ['check', good, '--scenario', large],
      /large:1:20: cluster\.workers must be a whole number from 0 to 10000/,
    ],
  ])('%s', (_what, argv, said) => {
    expectRefusal(run(...argv), said);
  });
});

describe('a scenario is refused with its place', () => {
  const images = (behaviour: string) => `images: {"api:1": ${behaviour}}\n`;
  test.each([
    ['a list', '- a\n', /scenario:1:1: the file must be a mapping/],
    ['text', 'hello\n', /scenario:1:1: the file must be a mapping/],
    ['an unknown key', 'clusters: {}\n', /scenario:1:1: a scenario has no key "clusters"/],
    ['an unknown key below', 'cluster: {manager: 3}\n', /scenario:1:11: cluster has no key "manager"/],
    ['half a manager', 'cluster: {managers: 1.5}\n', /scenario:1:21: cluster\.managers must be a whole number/],
    [
      'a negative number of workers',
      'cluster: {workers: -2}\n',
      /scenario:1:20: cluster\.workers must be a whole number/,
    ],
    ['no CPU', 'cluster: {node: {cpus: 0}}\n', /scenario:1:24: cluster\.node\.cpus must be a number above 0/],
    ['bad memory', 'cluster: {node: {memory: lots}}\n', /scenario:1:26: cluster\.node\.memory: /],
    ['a node without a name', 'cluster: {nodes: [{cpus: 2}]}\n', /scenario:1:19: cluster\.nodes\[0\] needs name/],
    ['a label that is a list', 'cluster: {node: {labels: {zone: [a]}}}\n', /scenario:1:33: .*zone must be text/],
    ['a number for a duration', images('{pull: 8}'), /scenario:1:26: .*pull must be a duration/],
    ['a bad duration', images('{pull: soon}'), /scenario:1:26: .*invalid duration "soon"/],
    ['a negative duration', images('{pull: -1s}'), /scenario:1:26: .*a workload cannot take -1s/],
    ['a failure at no time', images('{fails: {}}'), /scenario:1:27: .*fails needs after/],
    ['a failure that is a number', images('{fails: 5}'), /scenario:1:27: .*fails must be a mapping/],
    [
      'more than all',
      images('{fails: {after: 1s, share: 130%}}'),
      /scenario:1:\d+: .*share "130%" is not between 0 and 1/,
    ],
    ['a range that is none', images('{fails: {after: 1s, nth: [1, 2, 3]}}'), /must be \[first, last\]/],
    ['a fault without a kind', 'faults: [{node: w1}]\n', /scenario:1:10: faults\[0\] needs (a )?kind/],
    ['a fault of no kind', 'faults: [{kind: earthquake}]\n', /scenario:1:17: /],
    ['a fault at no node', 'faults: [{kind: node-crash, node: w9}]\n', /node w9/],
    ['a strange outcome', 'expect: {outcome: fine}\n', /scenario:1:19: expect\.outcome must be one of unchanged, /],
    [
      'a strange comparison',
      "expect: {running: 'many'}\n",
      /scenario:1:19: expect\.running: cannot read the comparison "many"/,
    ],
    ['impatience', 'patience: -1h\n', /scenario:1:11: patience: -1h is negative/],
    ['a key twice', 'name: a\nname: b\n', /scenario:2:1: Map keys must be unique/],
    ['broken YAML', 'name: {\n', /scenario:\d+:\d+: /],
    ['a bomb of aliases', BOMB, /scenario/],
    [
      '10 MB of text',
      `name: a\n# ${'x'.repeat(10 * 1024 * 1024)}\n`,
      /scenario: the file has \d+ characters; a scenario may have/,
    ],
    ['binary junk', Uint8Array.from({ length: 4096 }, (_, index) => (index * 37) % 256), /scenario/],
    [
      'an image that no file uses',
      'images: {"api:2": {}}\n',
      /scenario:1:19: image api:2 is used by none of the files\n {2}they use: api:1/,
    ],
    [
      'no manager',
      'cluster: {managers: 0, workers: 1}\n',
      /scenario:1:10: a swarm needs at least one manager\n {2}give managers: 1/,
    ],
    ['two nodes of one name', 'cluster: {nodes: [{name: m1}]}\n', /scenario:1:26: two nodes are named m1\n {2}/],
    ['two documents', 'name: a\n---\nname: b\n', /scenario:2:1: a second document begins here; a scenario is one/],
    ['a key that is no text', '? [a]\n: b\n', /scenario:1:1: a scenario has no key/],
    [
      'a fault on a node that is not there',
      'faults: [{kind: node-crash, node: w9}]\n',
      /scenario:1:35: node-crash: there is no node w9\n {2}there are: m1, w1, w2, w3/,
    ],
    [
      'a fault on a service that is not there',
      'faults: [{kind: container-crash, service: db}]\n',
      /scenario:1:43: .*no service db/,
    ],
    [
      'a fault on an image that is not there',
      'faults: [{kind: image-fails, image: db}]\n',
      /scenario:1:37: .*no image db/,
    ],
    [
      'an image that misbehaves where there is no node',
      'images: {"api:1": {fails: {after: 1s, nodes: [w1, w9]}}}\n',
      /scenario:1:51: api:1: there is no node w9/,
    ],
    ['a condition on a service that is not there', 'failOn: [stuck, "db: stuck"]\n', /scenario:1:17: .*no service db/],
    ['a part of no size', 'images: {"api:1": {fails: {after: 1s, share: ""}}}\n', /share "" is not between 0 and 1/],
  ])('%s', (_what, content, said) => {
    const { scenario, good } = files({ scenario: content, good: GOOD });
    expectRefusal(run('evaluate', '--from', good, '--to', good, '--scenario', scenario, '--seeds', '1'), said);
  });
});

test('a file of its release that a scenario names, and that is not there, is refused with its place', () => {
  const { scenario } = files({ scenario: 'from: now.yml\nto: [now.yml, next.yml]\n', 'now.yml': GOOD });
  expectRefusal(run('run', scenario), /scenario:2:15: .*next\.yml: there is no such file/);
});

describe('a file that cannot be read is named', () => {
  const { good } = files({ good: GOOD });
  const missing = `${good}-is-missing`;
  const folder = good.replace(/[/\\][^/\\]*$/, '');
  test.each([
    ['a missing Compose file', ['--from', missing, '--to', good], missing, 'there is no such file'],
    ['a folder', ['--from', good, '--to', folder], folder, 'it is a folder'],
    ['a missing scenario', ['--from', good, '--to', good, '--scenario', missing], missing, 'there is no such file'],
  ])('%s', (_what, argv, path, why) => {
    const { code, err } = run('evaluate', ...argv);
    expect(err).toBe(`dryswarm: ${path}: ${why}`);
    expect(code).toBe(2);
  });
});

describe('files from other systems are read as they are meant', () => {
  test.each([
    [
      'Windows line ends',
      'services:\r\n  api:\r\n    image: "api:1"\r\n',
      'name: windows\r\nexpect:\r\n  outcome: unchanged\r\n',
    ],
    ['a byte order mark', `\uFEFF${GOOD}`, '\uFEFFname: marked\nexpect: {outcome: unchanged}\n'],
  ])('%s', (_what, compose, scenario) => {
    const paths = files({ compose, scenario });
    const outcome = run(
      'evaluate',
      '--from',
      paths.compose,
      '--to',
      paths.compose,
      '--scenario',
      paths.scenario,
      '--seeds',
      '1',
    );
    expect(outcome.err).toBe('');
    expect(outcome.code).toBe(0);
  });

  test('an empty scenario is one in which nothing goes wrong', () => {
    const { scenario, good } = files({ scenario: '', good: GOOD });
    expect(run('evaluate', '--from', good, '--to', good, '--scenario', scenario, '--seeds', '1').code).toBe(0);
  });
});

describe('a release that cannot be rehearsed is bad input', () => {
  test('since what runs now crashes again and again', () => {
    const { scenario, good } = files({ scenario: 'images: {"api:1": {fails: {after: 1s}}}\n', good: GOOD });
    const { code, err } = run('evaluate', '--from', good, '--to', good, '--scenario', scenario, '--seeds', '1');
    expect(err).toMatch(
      /^dryswarm: the files that run now do not come to rest:\n {2}stack_api keeps failing: \d+ tasks/,
    );
    expect(code).toBe(2);
  });

  test('since what runs now never finds a node', () => {
    const { big } = files({
      big: 'services: {api: {image: x, deploy: {resources: {reservations: {memory: 100G}}}}}\n',
    });
    const { code, err } = run('evaluate', '--from', big, '--to', big, '--seeds', '1');
    expect(err).toMatch(
      /stack_api\.1 is pending and wanted running: no suitable node \(insufficient resources on 4 nodes\)/,
    );
    expect(code).toBe(2);
  });

  test('since the image of what runs now is missing', () => {
    const { scenario, good } = files({ scenario: 'images: {"api:1": {missing: true}}\n', good: GOOD });
    const { code, err } = run('evaluate', '--from', good, '--to', good, '--scenario', scenario, '--seeds', '1');
    expect(err).toMatch(/stack_api keeps failing/);
    expect(code).toBe(2);
  });
});
