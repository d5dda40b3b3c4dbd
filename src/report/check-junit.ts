/** What a check has found as JUnit XML: a suite for each service, a case for each finding. Problems are failures. */
import { formatPosition } from '../compose/index.ts';
import type { CheckedService, CheckResult, Finding } from '../evaluate/index.ts';
import { escaped } from './xml.ts';

export function checkJunit({ services, problems }: CheckResult): string {
  const suites = services.map(suite);
  const tests = services.reduce((sum, { findings }) => sum + findings.length, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="dryswarm check" tests="${tests}" failures="${problems}">`,
    ...suites,
    '</testsuites>',
  ].join('\n');
}

function suite({ service, findings }: CheckedService): string {
  const name = escaped(service === '' ? 'stack' : service);
  const failures = findings.filter(({ severity }) => severity === 'problem').length;
  return [
    `  <testsuite name="${name}" tests="${findings.length}" failures="${failures}">`,
    ...findings.map((finding) => testCase(finding, name)),
    '  </testsuite>',
  ].join('\n');
}

function testCase(finding: Finding, suiteName: string): string {
  const { code, question, severity, message, at } = finding;
  const name = escaped(question === undefined ? code : `${question} ${code}`);
  const place = at ? ` file="${escaped(at.file)}" line="${at.line}"` : '';
  const head = `    <testcase classname="${suiteName}" name="${name}"${place}`;
  const body = escaped(details(finding));
  switch (severity) {
    case 'problem':
      return `${head}><failure type="${code}" message="${escaped(message)}">${body}</failure></testcase>`;
    case 'warning':
      return `${head}><system-out>${body}</system-out></testcase>`;
    default:
      return `${head}/>`;
  }
}

function details({ message, rule, at, fix, docs, token }: Finding): string {
  const lines = [message, rule];
  if (at) lines.push(`at ${formatPosition(at)}`);
  if (fix) lines.push(`fix: ${fix.text}`);
  if (token !== undefined) lines.push(`replay: ${token}`);
  return [...lines, docs].join('\n');
}
