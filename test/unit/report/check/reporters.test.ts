import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CheckResult, check, type Finding } from '../../../../src/evaluate/index.ts';
import { checkAnnotations, checkJson, checkJunit, checkSummary, checkText } from '../../../../src/report/index.ts';
import { checkShapes, stackOf } from '../../../support/check-files.ts';
import { violations } from '../../../support/json-schema.ts';

const PROBLEM: Finding = {
  code: 'late-failure',
  question: 'Q2',
  severity: 'problem',
  service: 'api',
  message: 'A release whose containers die 10 s after starting is NOT caught: 100% of "a < b & c" in it.',
  rule: 'A failure counts only within the monitor period.',
  at: { file: 'a,b:c.yml', line: 9, column: 16 },
  fix: { text: 'monitor: 1m', patch: { kind: 'override', content: { services: {} } } },
  docs: 'docs/findings/late-failure.md',
  evidence: { service: 'api', rollout: 'dies-after-10s', seed: 1 },
  token: 'ds1:abc',
};
const TRAP: Finding = {
  code: 'ignored-key',
  severity: 'warning',
  service: '',
  message: 'nothing | comes of it',
  rule: 'Docker says nothing.',
  docs: 'docs/findings/compose-traps.md#ignored-key',
};
const FINE: Finding = {
  code: 'capacity',
  question: 'Q4',
  severity: 'fine',
  service: 'api',
  message: 'At least 6 of 6 tasks run during a good release.',
  rule: 'With stop-first a slot is empty for a while.',
  docs: 'docs/findings/capacity.md',
};
const RESULT: CheckResult = {
  services: [
    { service: 'api', summary: '6 replicas, stop-first', findings: [PROBLEM, FINE] },
    { service: '', summary: '', findings: [TRAP] },
  ],
  rollouts: 12,
  problems: 1,
  warnings: 1,
};

test('the text has a mark, the question and the fix for each finding, and a verdict', () => {
  expect(checkText(RESULT)).toBe(`api   6 replicas, stop-first
  x  A release whose containers die 10 s after starting is NOT caught: 100% of "a < b & c" in it.     Q2
     a,b:c.yml:9:16   fix: monitor: 1m
     ds1:abc
  v  At least 6 of 6 tasks run during a good release.                                                 Q4

the stack as a whole
  !  nothing | comes of it

1 problem, 1 warning; 12 rollouts simulated.
see any of it happen:  dryswarm replay <token> <the same files>`);
});

test('a long message is broken between words', () => {
  const message = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ');
  const lines = checkText({ ...RESULT, services: [{ service: 'api', summary: 's', findings: [{ ...FINE, message }] }] })
    .split('\n')
    .slice(1, 4);

  expect(lines.every((line) => line.length <= 105)).toBe(true);
  expect(lines.map((line) => line.replace(/^ {2}v|Q4$/g, '').trim()).join(' ')).toContain(message);
});

test('annotations stand on the lines of the files, with what GitHub has to have escaped', () => {
  expect(checkAnnotations(RESULT).split('\n')).toEqual([
    '::error file=a%2Cb%3Ac.yml,line=9,col=16,title=Q2 late-failure (api)::A release whose containers die 10 s after starting is NOT caught: 100%25 of "a < b & c" in it.%0Afix: monitor: 1m',
    '::warning title=ignored-key::nothing | comes of it',
  ]);
});

test('the summary of a job is a table for each service, from which nothing breaks out', () => {
  const rows = checkSummary(RESULT)
    .split('\n')
    .filter((line) => /^\| [^|-]/.test(line));

  expect(rows).toEqual([
    '| ❌ | Q2 | A release whose containers die 10 s after starting is NOT caught: 100% of "a &lt; b & c" in it. | `a,b:c.yml:9:16` | `monitor: 1m` |',
    '| ✅ | Q4 | At least 6 of 6 tasks run during a good release. |  |  |',
    '| ⚠️ |  | nothing \\| comes of it |  |  |',
  ]);
});

test('JUnit has a case for each finding, of which the problems have failed', () => {
  const xml = checkJunit(RESULT);

  expect(xml).toContain('<testsuites name="dryswarm check" tests="3" failures="1">');
  expect(xml).toContain('<testsuite name="api" tests="2" failures="1">');
  expect(xml).toContain('<testsuite name="stack" tests="1" failures="0">');
  expect(xml).toContain('<testcase classname="api" name="Q2 late-failure" file="a,b:c.yml" line="9"><failure');
  expect(xml).toContain('100% of &quot;a &lt; b &amp; c&quot; in it.');
  expect(xml).toContain('<testcase classname="api" name="Q4 capacity"/>');
  expect(xml.match(/<failure/g)).toHaveLength(1);
});

test('characters that XML cannot hold are left out', () => {
  const finding = { ...PROBLEM, message: 'a\u0007\uFFFE\uD800b\u{1F600}' };

  expect(checkJunit({ ...RESULT, services: [{ service: 'api', summary: '', findings: [finding] }] })).toContain(
    'message="ab\u{1F600}"',
  );
});

describe('the JSON is what the schema says', () => {
  const schema = JSON.parse(readFileSync(new URL('../../../../schema/findings.schema.json', import.meta.url), 'utf8'));
  const asJson = (result: CheckResult): unknown => JSON.parse(JSON.stringify(checkJson(result)));

  test.each(checkShapes().filter(({ name }) => ['merged', 'wrong-arch', 'single', 'jobs'].includes(name)))(
    'for $name',
    { timeout: 60_000 },
    ({ files }) => {
      expect(violations(asJson(check(stackOf(files), { version: '1.2.3' })), schema)).toEqual([]);
    },
  );

  test('and anything else is found', () => {
    const wrong = { ...RESULT, problems: -1, services: [{ service: 'api', findings: [{ ...FINE, code: 'A B' }] }] };

    expect(violations(asJson(wrong as unknown as CheckResult), schema)).toEqual([
      '$.problems is less than 0',
      '$.services[0] has no summary',
      '$.services[0].findings[0].code does not match ^[a-z0-9]+(-[a-z0-9]+)*$',
    ]);
  });
});
