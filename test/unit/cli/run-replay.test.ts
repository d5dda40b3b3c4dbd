import { describe, expect, test } from 'vitest';
import { files, run } from './files.ts';

const STACK = 'deploy: {replicas: 3, update_config: {failure_action: rollback}}';
const release = files({
  'now.yml': `services: {api: {image: "api:1", ${STACK}}}\n`,
  'next.yml': 'services: {api: {image: "api:2"}}\n',
  'other.yml': 'services: {api: {image: "api:2", environment: [A=1]}}\n',
  'bad.yml': [
    'from: now.yml',
    'to: [now.yml, next.yml]',
    'seeds: 3',
    'images: {"api:2": {pull: 3s ± 1s}}',
    'faults: [{kind: image-fails, after: 2s}, {kind: network-blip, node: w1, when: updating}]',
    'expect: {outcome: completed}',
  ].join('\n'),
});
const { 'now.yml': now, 'next.yml': next, 'other.yml': other, 'bad.yml': bad } = release;

function tokensIn(out: string): readonly string[] {
  return [...out.matchAll(/dryswarm replay (ds1:\S+)/g)].map(([, token]) => token!);
}

describe('dryswarm run', () => {
  test('rehearses a scenario with the files and seeds that it names itself', () => {
    const { code, out } = run('run', bad);
    expect(out).toContain('x stack_api: rolled back instead of completed (3 of 3 seeds, first 1)');
    expect(out).toContain('fault the network of node w1 blips: applied');
    expect(out).toContain(`--scenario ${bad}`);
    expect(code).toBe(1);
  });

  test('gives the same as evaluate with those files', () => {
    const evaluated = run('evaluate', '--from', now, '--to', now, next, '--scenario', bad, '--json');
    expect(run('run', bad, '--json').out).toBe(evaluated.out);
  });

  test('needs files from somewhere', () => {
    const { lonely } = files({ lonely: 'name: no files\n' });
    expect(run('run', lonely)).toMatchObject({
      code: 2,
      err: 'dryswarm: no files run now\n  name them with --from, or in the scenario',
    });
  });
});

describe('--fail-on', () => {
  const quiet = ['evaluate', '--from', now, '--to', now, next, '--seeds', '1'];
  const { good } = files({ good: '' });

  test('decides about the exit code', () => {
    expect(run(...quiet, '--scenario', good).code).toBe(0);
    expect(run(...quiet, '--scenario', good, '--fail-on', 'lowest running < 3')).toMatchObject({ code: 1 });
    expect(run(...quiet, '--scenario', good, '--fail-on', 'lowest running < 2', '--fail-on', 'stuck').code).toBe(0);
  });

  test('is refused where it makes no sense', () => {
    const { code, err } = run(...quiet, '--fail-on', 'lowest < 3');
    expect(code).toBe(2);
    expect(err).toContain('there is no figure "lowest"');
  });
});

describe('dryswarm replay', () => {
  const [token] = tokensIn(run('run', bad).out);

  test('tells the story of the rehearsal that its token is of', () => {
    const { code, out } = run('replay', token!, '--scenario', bad);
    expect(code).toBe(0);
    expect(out).toMatch(/^.*bad\.yml, seed 1\ndeployed at /);
    expect(out).toMatch(/fault network-blip-1: the network of node w1 blips at \S+ to \S+: w1\n/);
    expect(out).toContain('stack_api: rollback_started');
    expect(out.split('\n').at(-1)).toMatch(/^stack_api: rolled back; lowest running \d of 3/);
    expect(run('replay', token!, '--scenario', bad).out).toBe(out);
  });

  test('takes the files by themselves, too', () => {
    const { out } = run('replay', token!, '--scenario', bad);
    expect(run('replay', token!, '--from', now, '--to', now, next, '--scenario', bad).out).toBe(out);
  });

  test('refuses other files, other tokens, and what is none', () => {
    const refusals = [
      run('replay', token!, '--from', now, '--to', now, other, '--scenario', bad),
      run('replay', token!, '--from', now, '--to', now, next),
      run('replay', 'ds1:abc', '--scenario', bad),
      run('replay', 'abc', '--scenario', bad),
    ];
    expect(refusals.map(({ code, err }) => [code, err.split('\n')[0]])).toEqual([
      [2, 'dryswarm: the token was made from other files, or from another state of them'],
      [2, 'dryswarm: the token was made from other files, or from another state of them'],
      [2, 'dryswarm: this is no replay token: there is too little of it'],
      [2, 'dryswarm: this is no replay token: a token begins with ds1:'],
    ]);
  });
});

test('dryswarm schema prints the schema of scenario files', () => {
  const { code, out } = run('schema');
  expect(code).toBe(0);
  expect(Object.keys(JSON.parse(out).properties)).toContain('faults');
});
