/** What a check has found, for GitHub: annotations on the lines of the Compose files, and a summary of the job. */
import { formatPosition } from '../compose/index.ts';
import type { CheckResult, Finding } from '../evaluate/index.ts';

/** Workflow commands, one a line; nothing for what is fine. */
export function checkAnnotations({ services }: CheckResult): string {
  return services
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'fine')
    .map(annotation)
    .join('\n');
}

function annotation({ severity, code, question, service, message, at, fix }: Finding): string {
  const place = at ? [`file=${property(at.file)}`, `line=${at.line}`, `col=${at.column}`] : [];
  const title = [question, code, service === '' ? undefined : `(${service})`]
    .filter((part) => part !== undefined)
    .join(' ');
  const properties = [...place, `title=${property(title)}`].join(',');
  const text = fix ? `${message}\nfix: ${fix.text}` : message;
  return `::${severity === 'problem' ? 'error' : 'warning'} ${properties}::${data(text)}`;
}

/** How the runner of GitHub Actions wants data and properties of a command escaped. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
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
  const cells = [
    MARKS[severity],
    question ?? '',
    message,
    at && severity !== 'fine' ? code(formatPosition(at)) : '',
    fix ? code(fix.text) : '',
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** What would end a cell or a row. */
function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/\s*\n\s*/g, ' ');
}
