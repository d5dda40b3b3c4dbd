/** What a check has found, for GitHub: annotations on the lines of the Compose files, and a summary of the job. */
import { formatPosition } from '../compose/index.ts';
import type { CheckResult, Finding } from '../evaluate/index.ts';
import { annotation, code, tableRow } from './github.ts';

/** Workflow commands, one a line; nothing for what is fine. */
export function checkAnnotations({ services }: CheckResult): string {
  return services
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'fine')
    .map(remark)
    .join('\n');
}

function remark({ severity, code: kind, question, service, message, at, fix }: Finding): string {
  const title = [question, kind, service === '' ? undefined : `(${service})`]
    .filter((part) => part !== undefined)
    .join(' ');
  const text = fix ? `${message}\nfix: ${fix.text}` : message;
  return annotation(severity === 'problem' ? 'error' : 'warning', at, title, text);
}

/** A table for each service, in Markdown. */
export function checkSummary({ services, problems, warnings, rollouts }: CheckResult): string {
  const tables = services.flatMap(({ service, summary, findings }) => [
    `### ${service === '' ? 'The stack as a whole' : code(service)}`,
    '',
    ...(summary === '' ? [] : [summary, '']),
    '| | | Finding | Where | Fix |',
    '|---|---|---|---|---|',
    ...findings.map(row),
    '',
  ]);
  return [
    '## dryswarm check',
    '',
    `Problems: ${problems}. Warnings: ${warnings}. Rollouts simulated: ${rollouts}.`,
    '',
    ...tables,
  ].join('\n');
}

const MARKS = { problem: '❌', warning: '⚠️', fine: '✅' } as const;

function row({ severity, question, message, at, fix }: Finding): string {
  return tableRow([
    MARKS[severity],
    question ?? '',
    message,
    at && severity !== 'fine' ? code(formatPosition(at)) : '',
    fix ? code(fix.text) : '',
  ]);
}
