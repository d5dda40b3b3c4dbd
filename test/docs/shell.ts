/** The command lines that a page may show, and what they print. */
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { main } from '../../src/cli/main.ts';
import { commandWords } from '../../src/docker-cli/flags/types.ts';
import { printedBy } from './printed.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(resolve(ROOT, 'package.json'), 'utf8'),
);

interface Result {
  readonly screen: string;
  readonly code: number;
}

/**
 * A session in a folder: each `$ command` is run, and what it prints follows it. One that is refused is a mistake of the page,
 * unless the page asks for the exit code.
 */
export async function runSession(body: string, folder: string): Promise<string> {
  let code = 0;
  let shown = '';
  const commands = commandsOf(body);
  for (const [index, command] of commands.entries()) {
    const line = command.replace(/\\\n\s*/g, ' ');
    const result = line === 'echo $?' ? { screen: `${code}\n`, code: 0 } : await runCommand(line, folder);
    code = result.code;
    if (code > 1 && commands[index + 1] !== 'echo $?') throw new Error(`$ ${line}\n${result.screen}exit code ${code}`);
    shown += `$ ${command}\n${result.screen}`;
  }
  return shown;
}

/** The commands of a session, with the line breaks that were escaped in them. `$ docker ...` is what --show prints. */
function commandsOf(body: string): string[] {
  const found = body.match(/^\$ (?!docker )(.*\\\n)*.*$/gm) ?? [];
  if (found.length === 0) throw new Error(`no command in a session:\n${body}`);
  return found.map((command) => command.slice(2));
}

async function runCommand(line: string, folder: string): Promise<Result> {
  const words = commandWords(line);
  const [first, second, third] = words;
  if (first === 'npx' && second === 'dryswarm') return dryswarm(words.slice(2), folder);
  if (first === 'npx' && second === 'tsx' && third !== undefined) return script(resolve(folder, third));
  if (first === 'npm' && second === 'run' && third !== undefined) return npmScript(third);
  throw new Error(`a page shows a command that its test cannot run: ${line}`);
}

function dryswarm(argv: readonly string[], folder: string): Result {
  const before = process.cwd();
  let screen = '';
  const write = (line: string) => {
    screen += `${line}\n`;
  };
  process.chdir(folder);
  try {
    const code = main(argv, { out: write, err: write, progress: () => {}, hasColours: false });
    return { screen, code };
  } finally {
    process.chdir(before);
  }
}

async function script(path: string): Promise<Result> {
  return { screen: await printedBy(() => import(/* @vite-ignore */ pathToFileURL(path).href)), code: 0 };
}

function npmScript(name: string): Result {
  const text = requireScript(name);
  const ours = /^(?:cd (\S+) && )?tsx \S*src\/cli\/bin\.ts (.*)$/.exec(text);
  if (ours) return dryswarm(commandWords(ours[2]!), resolve(ROOT, ours[1] ?? '.'));
  const screen = execSync(`npm run --silent ${name}`, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { screen, code: 0 };
}

function requireScript(name: string): string {
  const text = manifest.scripts[name];
  if (text === undefined) throw new Error(`package.json has no script ${name}`);
  return text;
}

/** Lines for a reader's own shell, that are not run here: what they name must exist. */
export function checkLines(body: string): void {
  for (const [, name] of body.matchAll(/npm run (\S+)/g)) requireScript(name!);
}
