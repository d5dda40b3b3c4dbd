/** Runs a page of documentation: its sessions, its snippets, its scenario files. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Fence, markdownOf, type Part, partsOf } from './page.ts';
import { printedBy } from './printed.ts';
import { checkLines, ROOT, runSession } from './shell.ts';
import { fillTables } from './tables.ts';

/**
 * The page as it should be: with the output that its commands and snippets have, and the tables that are made from the
 * source. What a block's first word means:
 *
 * - `console`: a session; each line that starts with `$ ` is run.
 * - `ts`: a module; what it prints stands in the `text` block right after it. `ts continued` goes on from the last
 *   block that is not continued itself.
 * - `yaml`: a file whose name is in its first line, for the commands after it.
 * - `sh`: for the reader's shell, not run; the npm scripts that it names exist.
 */
export async function runPage(markdown: string, name: string): Promise<string> {
  const folder = workFolder(name);
  const parts = [...partsOf(fillTables(markdown))];
  let first = { code: '', printed: '' };
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'prose') continue;
    const [language, how] = part.info.split(' ');
    if (language === 'console') parts[index] = { ...part, body: await runSession(part.body, folder) };
    else if (language === 'yaml') writeNamedFile(part.body, folder);
    else if (language === 'sh') checkLines(part.body);
    else if (language === 'ts') {
      const isContinued = how === 'continued';
      const printed = await runModule(isContinued ? `${first.code}${part.body}` : part.body, folder, String(index));
      if (!isContinued) first = { code: part.body, printed };
      const own = isContinued ? printed.slice(first.printed.length) : printed;
      const output = outputAfter(parts, index);
      if (output !== undefined) parts[output] = { ...(parts[output] as Fence), body: own };
      else if (own !== '') throw new Error(`a snippet prints, and no text block shows it:\n${part.body}`);
    }
  }
  return markdownOf(parts);
}

/** The `text` block that follows a snippet, with nothing said in between. */
function outputAfter(parts: readonly Part[], index: number): number | undefined {
  const [between, next] = parts.slice(index + 1, index + 3);
  const isOutput = between?.body.trim() === '' && next?.kind === 'fence' && next.info === 'text';
  return isOutput ? index + 2 : undefined;
}

/** An empty folder inside the repository, with its examples. */
function workFolder(name: string): string {
  const folder = join(ROOT, '.dryswarm/docs', name.replaceAll('/', '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'), 'junction');
  return folder;
}

function writeNamedFile(body: string, folder: string): void {
  const name = /^# (\S+\.ya?ml)\b/.exec(body)?.[1];
  if (name === undefined)
    throw new Error(`a YAML block begins with the name of its file, as in "# prod.yml":\n${body}`);
  writeFileSync(join(folder, name), body);
}

async function runModule(code: string, folder: string, name: string): Promise<string> {
  const path = join(folder, `snippet-${name}.ts`);
  writeFileSync(path, resolveImports(code));
  return printedBy(() => import(/* @vite-ignore */ pathToFileURL(path).href));
}

/** What is `dryswarm` to a user is `src` here. */
function resolveImports(code: string): string {
  return code
    .replaceAll(/(from|import) 'dryswarm(\/[a-z-]+)?'/g, (_, word, subpath = '') => {
      return `${word} '${join(ROOT, `src${subpath}/index.ts`)}'`;
    })
    .replaceAll("from 'vitest'", `from '${join(ROOT, 'test/docs/vitest-now.ts')}'`);
}
