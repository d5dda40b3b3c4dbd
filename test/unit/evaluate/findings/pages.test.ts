import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Found, StackRule } from '../../../../src/evaluate/check/rule.ts';
import { subjectsOf } from '../../../../src/evaluate/check/subjects.ts';
import { composeTraps, SERVICE_FINDINGS, STACK_RULES } from '../../../../src/evaluate/findings/index.ts';
import { MANAGERS_SURPRISES, SURPRISES } from '../../../../src/evaluate/surprises/index.ts';
import { applyFix } from '../../../support/apply-fix.ts';
import { stackOf } from '../../../support/check-files.ts';

const FOLDER = fileURLToPath(new URL('../../../../docs/findings/', import.meta.url));
const RULES = [...SERVICE_FINDINGS, ...STACK_RULES];

/** `npx vitest run test/unit/evaluate/findings --update` writes what the pages should show. */
describe('the page of a finding has its rule, and what is found in its example', { timeout: 60_000 }, () => {
  test.each(RULES)('$code', async (rule) => {
    const path = join(FOLDER, `${rule.code}.md`);
    expect(existsSync(path), `${path} is missing`).toBe(true);
    const page = readFileSync(path, 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1];
    const found = example === undefined ? undefined : findIn(rule, example);
    if (example !== undefined) expect(found, 'nothing is found in the example').toBeDefined();
    expect(page).toMatch(/^Docker on it: \[.+\]\(https:\/\/docs\.docker\.com\/\S+\)\.$/m);

    const text = found && `${found.severity}: ${found.message}\n${found.fix ? `fix: ${found.fix.text}\n` : ''}`;
    const expected = page
      .replace(/^> .*$/m, () => `> ${rule.rule}`)
      .replace(/```text\n[\s\S]*?```/, () => `\`\`\`text\n${text}\`\`\``);
    await expect(expected).toMatchFileSnapshot(path);
  });
});

test('every page but the overviews is of a finding, and is listed', () => {
  const codes = RULES.map(({ code }) => `${code}.md`);
  const overviews = ['README.md', 'compose-traps.md', 'surprises.md'];
  const list = readFileSync(join(FOLDER, 'README.md'), 'utf8');

  expect(readdirSync(FOLDER).sort()).toEqual([...codes, ...overviews].sort());
  expect(codes.filter((page) => !list.includes(`(${page})`))).toEqual([]);
});

test('the table of surprises has every surprise that a run names, and none that it does not', () => {
  const table = readFileSync(join(FOLDER, 'surprises.md'), 'utf8');
  const named = [...table.matchAll(/run: ((?:`[\w-]+`(?:, )?)+)/g)].flatMap(([, codes]) => codes!.match(/[\w-]+/g)!);

  expect([...new Set(named)].sort()).toEqual([...SURPRISES, ...MANAGERS_SURPRISES].map(({ code }) => code).sort());
});

test('every row of the tables of surprises is named by a check, with the page of a rule or trap, or by a run', () => {
  const page = readFileSync(join(FOLDER, 'surprises.md'), 'utf8');
  const rows = page
    .slice(0, page.indexOf('## Compose files'))
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| What happens'));
  const traps = [...readFileSync(join(FOLDER, 'compose-traps.md'), 'utf8').matchAll(/^## (\S+)$/gm)];
  const pages = [...RULES.map(({ code }) => `${code}.md`), ...traps.map(([, code]) => `compose-traps.md#${code}`)];

  expect(rows.filter((row) => !/\| (check|run): .*\|.+\|$/.test(row))).toEqual([]);
  const links = rows.flatMap((row) => [...row.matchAll(/\]\((.+?)\)/g)].map(([, link]) => link!));
  expect(links.filter((link) => !pages.includes(link))).toEqual([]);
  expect(rows.length).toBeGreaterThan(45);
});

test('the page of traps has every trap, and its example falls into it', () => {
  const page = readFileSync(join(FOLDER, 'compose-traps.md'), 'utf8');
  const traps = page.split(/^## /m).slice(1);
  for (const trap of traps) {
    const code = trap.slice(0, trap.indexOf('\n'));
    const files = [...trap.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)].map(([, name, content]) => ({
      name: name!,
      content: content!,
    }));
    const found = composeTraps(stackOf(files).config.diagnostics, { services: ['web'], version: '3.13' });
    expect(
      found.map((finding) => finding.code),
      code,
    ).toContain(code);
    const { severity, fix, service } = found.find((finding) => finding.code === code)!;
    expect(trap).toContain(`A ${severity}.`);
    if (!fix?.patch) continue;
    const { diagnostics } = stackOf(applyFix(files, fix.patch)).config;
    const left = composeTraps(diagnostics, { services: ['web'], version: '3.13' });
    expect(
      left.filter((finding) => finding.code === code && finding.service === service),
      `the fix of ${code}`,
    ).toEqual([]);
  }
  expect(traps).toHaveLength(19);
});

function findIn(rule: (typeof RULES)[number], example: string): Found | undefined {
  const subjects = subjectsOf(stackOf([{ name: 'example.yml', content: example }]), {});
  return isOfStack(rule) ? rule.find(subjects) : rule.find(subjects[0]!);
}

function isOfStack(rule: (typeof RULES)[number]): rule is StackRule {
  return (STACK_RULES as readonly unknown[]).includes(rule);
}
