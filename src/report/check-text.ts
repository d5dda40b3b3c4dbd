/** What a check has found, as text for people. */
import { formatPosition } from '../compose/index.ts';
import type { CheckedService, CheckResult, Finding, Severity } from '../evaluate/index.ts';
import { type Palette, PLAIN } from './evaluation-text.ts';
import { wrap } from './wrap.ts';

const WIDTH = 100;
const INDENT = '     ';

/** `again`: the words after a token that name the same check to `dryswarm replay`. */
export function checkText(result: CheckResult, palette: Palette = PLAIN, again = '<the same files>'): string {
  const { services } = result;
  const parts = services.length === 0 ? ['there are no services in these files'] : [];
  return [
    ...parts,
    ...services.map((service) => serviceText(service, palette)),
    summaryText(result, palette, again),
  ].join('\n\n');
}

function serviceText({ service, summary, findings }: CheckedService, palette: Palette): string {
  const head = service === '' ? palette.strong('the stack as a whole') : `${palette.strong(service)}   ${summary}`;
  return [head, ...findings.flatMap((finding) => findingText(finding, palette))].join('\n');
}

const MARKS: Readonly<Record<Severity, { readonly mark: string; readonly colour: 'bad' | 'strong' | 'good' }>> = {
  problem: { mark: 'x', colour: 'bad' },
  warning: { mark: '!', colour: 'strong' },
  fine: { mark: 'v', colour: 'good' },
};

function findingText({ severity, message, question, at, fix, token }: Finding, palette: Palette): string[] {
  const { mark, colour } = MARKS[severity];
  const [first = '', ...more] = wrap(message, WIDTH - INDENT.length);
  const lines = [
    `  ${palette[colour](mark)}  ${question === undefined ? first : `${first.padEnd(WIDTH - INDENT.length)}  ${question}`}`,
  ];
  lines.push(...more.map((line) => INDENT + line));
  if (severity === 'fine') return lines;
  const details = [at ? formatPosition(at) : '', fix ? `fix: ${fix.text}` : ''].filter((part) => part !== '');
  if (details.length > 0) lines.push(`${INDENT}${details.join('   ')}`);
  if (token !== undefined) lines.push(palette.faint(`${INDENT}${token}`));
  return lines;
}

function summaryText({ services, problems, warnings, rollouts }: CheckResult, palette: Palette, again: string): string {
  const counts = `${count(problems, 'problem')}, ${count(warnings, 'warning')}; ${count(rollouts, 'rollout')} simulated.`;
  const hasTokens = services.some(({ findings }) =>
    findings.some(({ token, severity }) => token !== undefined && severity !== 'fine'),
  );
  const lines = [problems > 0 ? palette.bad(counts) : counts];
  if (hasTokens) lines.push(`see any of it happen:  dryswarm replay <token> ${again}`);
  return lines.join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
