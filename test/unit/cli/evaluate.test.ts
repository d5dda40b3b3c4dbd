import { describe, expect, test } from 'vitest';
import { files, run } from './files.ts';

const ROLLBACK = 'deploy: {replicas: 3, update_config: {failure_action: rollback}}';
const paths = files({
  now: `services: {api: {image: "api:1", ${ROLLBACK}}}\n`,
  next: 'services: {api: {image: "api:2"}}\n',
  pausing: 'services: {api: {deploy: {update_config: {failure_action: pause}}}}\n',
  crash: 'images: {"api:2": {fails: {after: 1s}}}\nexpect: {outcome: rolled back}\n',
});
const release = ['--from', paths.now, '--to', paths.now, paths.next, '--seeds', '2'];

describe('the exit code', () => {
  test('is 0 where everything is as expected', () => {
    expect(run('evaluate', ...release, '--scenario', paths.crash).code).toBe(0);
  });

  test('is 1 where something is not, in either variant', { timeout: 60_000 }, () => {
    const other = ['--to-b', paths.now, paths.next, paths.pausing, '--label', 'ours', '--label-b', 'theirs'];
    const { code, out } = run('evaluate', ...release, ...other, '--scenario', paths.crash);
    expect(out).toContain('v ours: as expected');
    expect(out).toContain('x theirs: stack_api: paused instead of rolled back (2 of 2 seeds, first 1)');
    expect(code).toBe(1);
  });

  test('is 1 where a release from which something is expected changes nothing', () => {
    const { code, out } = run(
      'evaluate',
      '--from',
      paths.now,
      '--to',
      paths.now,
      '--seeds',
      '1',
      '--scenario',
      crashOf1(),
    );
    expect(out).toContain('x the release changes no task');
    expect(code).toBe(1);
  });
});

/** Nothing in it happens, and yet a rollback is expected. */
function crashOf1(): string {
  return files({ scenario: 'expect: {outcome: rolled back}\n' }).scenario;
}

describe('without a scenario', () => {
  test('a new image is good, crashes at its start, and fails late', { timeout: 60_000 }, () => {
    const { out, code } = run('evaluate', ...release);
    expect(out.split('\n').filter((line) => line.startsWith('the new image'))).toEqual([
      'the new image is good',
      'the new image crashes 1 s after its start',
      'the new image fails 20 s after its start',
    ]);
    expect(code).toBe(1);
  });

  test('files without a new image are rehearsed once', () => {
    const { out, code } = run('evaluate', '--from', paths.now, '--to', paths.now, paths.pausing, '--seeds', '1');
    expect(out).toBe('no image is new\n  stack_api  unchanged\n  v as expected');
    expect(code).toBe(0);
  });
});

test('the seeds are counted from the one that is given', () => {
  const { out } = run('evaluate', ...release, '--scenario', paths.crash, '--seed', '7', '--json');
  expect(JSON.parse(out)).toMatchObject({ schema: 1, seeds: [7, 8] });
});

test('progress is told after each rehearsal', () => {
  const { progress } = run('evaluate', ...release, '--scenario', paths.crash);
  expect(progress).toEqual(['rehearsed 1 of 2', 'rehearsed 2 of 2']);
});

test('what the files say that Swarm takes otherwise is told once, beside the result', () => {
  const { zero } = files({ zero: 'services: {api: {image: "api:1", deploy: {update_config: {monitor: 0s}}}}\n' });
  const { err, code } = run('evaluate', '--from', zero, '--to', zero, '--seeds', '1');
  expect(err.match(/`monitor: 0s` means 5s/g)).toHaveLength(1);
  expect(err).toContain(`${zero}:1:`);
  expect(code).toBe(0);
});
