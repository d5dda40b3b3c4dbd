import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { violations } from '../../support/json-schema.ts';
import { files, run } from './files.ts';

const { bad, good, broken } = files({
  'now.yml': 'services: {api: {image: "api:1", deploy: {replicas: 3, update_config: {failure_action: rollback}}}}\n',
  'next.yml': 'services: {api: {image: "api:2"}}\n',
  bad: [
    'name: "a <bad> | `day`, & more"',
    'from: now.yml',
    'to: [now.yml, next.yml]',
    'seeds: 2',
    'images: { "api:2": { fails: { after: 1s } } }',
    'faults: [{ kind: container-crash, image: "api:2", at: 0s }]',
    'expect: { outcome: completed, running: ">= 1" }',
    'failOn: [stuck, failed tasks > 0]',
  ].join('\n'),
  good: 'from: now.yml\nto: [now.yml, next.yml]\nseeds: 1\n',
  broken: 'from: now.yml\nto: [now.yml, next.yml]\nexpect: { outcome: 100% }\n',
});

afterEach(() => {
  delete process.env.GITHUB_STEP_SUMMARY;
});

describe('dryswarm run', () => {
  test('annotates the lines of the scenario that were not met, with the token that shows it', () => {
    const { code, out } = run('run', bad, '--reporter', 'github');
    const title = 'title=a <bad> | `day`%2C & more';
    expect(out.split('\n')).toEqual([
      expect.stringContaining(
        `::error file=${bad},line=7,col=20,${title}::stack_api: rolled back instead of completed (2 of 2`,
      ),
      expect.stringContaining(
        `::error file=${bad},line=8,col=17,${title}::stack_api: failed tasks > 0 (2 of 2 seeds, first 1)%0Areplay: ds1:`,
      ),
      expect.stringContaining(
        `::error file=${bad},line=6,col=10,${title}::fault container-crash-1 (a container crashes) found nothing`,
      ),
    ]);
    expect(code).toBe(1);
    expect(run('run', good, '--reporter', 'github')).toMatchObject({ code: 0, out: '' });
  });

  test('writes what it has seen into the summary of the job', () => {
    const { summary } = files({ summary: 'before\n' });
    process.env.GITHUB_STEP_SUMMARY = summary;
    run('run', bad, '--reporter', 'github');
    const lines = readFileSync(summary, 'utf8').split('\n');
    expect(lines.slice(0, 2)).toEqual(['before', "## `a <bad> | 'day', & more`"]);
    expect(lines).toContain('| outcome | rolled back |');
    expect(lines).toContainEqual(expect.stringMatching(/^- ❌ `stack_api: failed tasks > 0` \(2 of 2 seeds\), `ds1:/));
  });

  test('prints JUnit with a case for each service, and one for what no service has done', () => {
    const { out } = run('run', bad, '--reporter', 'junit');
    expect(out).toContain('<testsuites name="dryswarm" tests="2" failures="2">');
    expect(out).toContain('<testsuite name="a &lt;bad&gt; | `day`, &amp; more" tests="2" failures="2">');
    expect(out).toMatch(
      /name="stack_api"><failure type="unmet" message="stack_api: rolled back instead of completed; /,
    );
    expect(out).toMatch(/name="the release"><failure type="unmet" message="fault container-crash-1/);
    expect(out).toContain('<system-out>rolled back</system-out>');
    expect(run('run', good, '--reporter', 'junit').out).toContain(
      '<testsuites name="dryswarm" tests="1" failures="0">',
    );
  });

  test('prints the JSON that the schema describes, by whichever name it is asked for', () => {
    const schema = JSON.parse(readFileSync(new URL('../../../schema/evaluation.schema.json', import.meta.url), 'utf8'));
    const { out } = run('run', bad, '--reporter', 'json');
    expect(violations(JSON.parse(out), schema)).toEqual([]);
    expect(JSON.parse(out).scenarios[0].variants[0].unmet[0]).toMatchObject({
      service: 'stack_api',
      at: { file: bad, line: 7, column: 20 },
    });
    expect(run('run', bad, '--json').out).toBe(out);
    expect(violations({ ...JSON.parse(out), schema: 2 }, schema)).toEqual(['$.schema is not 1']);
  });
});

test('what is refused is annotated, too, for the github reporter', () => {
  const { code, out, err } = run('run', broken, '--reporter', 'github');
  expect(err).toMatch(/:3:20: expect\.outcome must be one of/);
  expect(out).toMatch(/^::error file=.*,line=3,col=20,title=dryswarm::expect\.outcome must be one of unchanged, /);
  expect(code).toBe(2);

  const { stack } = files({ stack: 'services: {api: {image: x, deploy: {update_config: {delay: -5s}}}}\n' });
  expect(run('check', stack, '--reporter', 'github').out).toBe(
    `::error file=${stack},line=1,col=12,title=dryswarm::TaskSpec: update-delay cannot be negative%0ASwarm says so of the service stack_api`,
  );
  expect(run('check', stack).out).toBe('');
});

test('a check says with which options its tokens are replayed, and that a file has no services', () => {
  const { none } = files({ none: 'networks: {}\n' });
  expect(run('check', none).out).toMatch(/^there are no services in these files\n\n0 problems/);
  const { stack } = files({ stack: 'services: {api: {image: x}}\n' });
  expect(run('check', stack, '--stack', 'shop').out).toMatch(/dryswarm replay <token> <the same files> --stack shop$/);
  const token = /ds1:\S+/.exec(run('check', stack).out)![0];
  expect(run('replay', token).err).toBe(
    'dryswarm: a token of check needs its Compose files\n  dryswarm replay <token> <the files of the check>',
  );
});
