import { describe, expect, test } from 'vitest';
import { SERVICE_FINDINGS, STACK_RULES } from '../../../../src/evaluate/findings/index.ts';
import { check, type Finding, parseToken, replayCheck } from '../../../../src/evaluate/index.ts';
import { applyFix } from '../../../support/apply-fix.ts';
import { askAgain } from '../../../support/ask-again.ts';
import { checkShapes, stackOf } from '../../../support/check-files.ts';
import { HARM } from '../../../support/harm.ts';

const VERSION = '1.2.3';

describe.each(checkShapes())('in the files of $name', { timeout: 60_000 }, ({ files, expected }) => {
  const stack = stackOf(files);
  const result = check(stack, { version: VERSION });
  const findings = result.services.flatMap((service) => service.findings).filter(({ severity }) => severity !== 'fine');

  test('a check finds what was expected, and nothing else', () => {
    expect(findings.map(lineOf).sort()).toEqual(expected);
  });

  test.each(findings.filter(({ evidence }) => evidence).map((finding) => ({ line: lineOf(finding), finding })))(
    'the token of $line replays the harm',
    ({ finding }) => {
      const rollout = replayCheck(parseToken(finding.token!), stack, { version: VERSION });

      expect(HARM[finding.code]?.(rollout), JSON.stringify(rollout.result)).toBe(true);
    },
  );

  test.each(findings.filter(({ fix }) => fix?.patch).map((finding) => ({ line: lineOf(finding), finding })))(
    'the fix of $line makes it go away',
    ({ finding }) => {
      const fixed = stackOf(applyFix(files, finding.fix!.patch!));

      expect(askAgain(finding, fixed)).toBeUndefined();
    },
  );
});

test('every rule that may complain does so in some of these files', () => {
  const seen = checkShapes().flatMap(({ expected }) => expected.map((line) => line.split(' ')[2]));
  const rules = [...SERVICE_FINDINGS, ...STACK_RULES].map(({ code }) => code);

  expect(rules.filter((code) => !seen.includes(code) && !ONLY_FINE.includes(code))).toEqual([]);
  expect(ONLY_FINE.filter((code) => seen.includes(code))).toEqual([]);
});

/** They tell how it is, and nothing to be mended. */
const ONLY_FINE = ['first-deploy', 'rebalance'];

function lineOf({ service, severity, code }: Finding): string {
  return `${service === '' ? 'stack' : service} ${severity} ${code}`;
}
