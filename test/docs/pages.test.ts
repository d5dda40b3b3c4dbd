import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { partsOf } from './page.ts';
import { runPage } from './run-page.ts';
import { ROOT } from './shell.ts';

const pages = ['README.md', ...pagesIn('docs'), ...pagesIn('examples')];
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** `npx vitest run test/docs --update` writes what the pages should show. */
describe('what a page shows is what happens', () => {
  test.each(pages)('%s', { timeout: 120_000 }, async (page) => {
    await expect(await runPage(read(page), page)).toMatchFileSnapshot(join(ROOT, page));
  });
});

describe('what a page links to is there', () => {
  test.each(pages)('%s', (page) => {
    const missing = linksOf(read(page)).filter((link) => !existsSync(resolve(ROOT, dirname(page), link)));
    expect(missing).toEqual([]);
  });
});

test('a README shows every script of the examples', () => {
  const shown = pages
    .filter((page) => page.startsWith('examples/'))
    .map(read)
    .join('\n');
  const scripts = filesIn('examples').filter((file) => /\/\d[^/]*\.ts$/.test(file));
  expect(scripts.filter((script) => !shown.includes(`npx tsx ${script}`))).toEqual([]);
  expect(scripts.length).toBeGreaterThan(0);
});

function linksOf(markdown: string): string[] {
  const prose = partsOf(markdown).filter(({ kind }) => kind === 'prose');
  const links = prose.flatMap(({ body }) => [...body.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!));
  return links.filter((link) => !/^(https?:|#)/.test(link)).map((link) => link.replace(/#.*$/, ''));
}

function pagesIn(folder: string): string[] {
  return filesIn(folder).filter((file) => file.endsWith('.md'));
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}
