import { isOlder } from '../docker-api/index.ts';
import { absolutePath } from '../go/index.ts';
import { EngineClient } from './client.ts';
import {
  type BoundCommand,
  type CommandContext,
  type CommandGroup,
  type CommandSpec,
  checkArguments,
  commandPath,
  groupHelpText,
  helpText,
  usageLine,
} from './command.ts';
import { groups, rootCommands } from './commands.ts';
import type { Daemon } from './daemon.ts';
import { CommandFailure } from './failure.ts';
import type { FlagEnvironment, FlagSpec, Flags } from './flags/flag.ts';
import { type ParsedArguments, parseFlags } from './flags/parse.ts';
import { Output } from './output.ts';
import { globalFlags, rootHelpText } from './root.ts';
import { CLIENT_COMMIT, CLIENT_VERSION } from './system/client-version.ts';

/** The files that the client can see: by path, absolute or relative to `cwd`, or asked for by absolute path. */
export type Files =
  | Readonly<Record<string, string | Uint8Array>>
  | ((absolutePath: string) => string | Uint8Array | undefined);

export interface DockerOptions {
  readonly daemon: Daemon;
  /** The client's clock, in milliseconds since the Unix epoch. It must move when the daemon waits. */
  now(): number;
  /** Default: none. */
  readonly files?: Files;
  /** Default: empty. `DOCKER_API_VERSION` and `HOME` have an effect, and what Compose files refer to. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: `/`. */
  readonly cwd?: string;
  /** Default: empty. */
  readonly stdin?: string;
  /**
   * Milliseconds after which the user presses Ctrl-C if the command is still waiting for a service, as it does for ever
   * where an update never ends. Default: never.
   */
  readonly patienceMs?: number;
  /** The width of the terminal on which standard output is. Default: it is no terminal. */
  readonly columns?: number;
}

export interface DockerResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Both in the order in which they were printed. */
  readonly screen: string;
  readonly exitCode: number;
}

const BAD_FLAGS = 125;
const SHORT_HELP = 'Flag shorthand -h has been deprecated, use --help';
const DEFAULT_COLUMNS = 80;

/**
 * Runs one command of the docker client, version 28.2.2: `argv` is what stands after `docker`. Everything that it
 * prints comes from the daemon's answers. A command that fails has an exit code and a text on standard error; only what
 * the daemon port itself throws (a simulation's budget that ran out) passes through.
 */
export function runDocker(argv: readonly string[], options: DockerOptions): DockerResult {
  const output = new Output(options.columns);
  let exitCode = 0;
  try {
    dispatch(argv, options, output);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    output.errorLine(error.message);
    exitCode = error.exitCode;
  }
  return { stdout: output.stdout, stderr: output.stderr, screen: output.screen, exitCode };
}

function dispatch(argv: readonly string[], options: DockerOptions, output: Output): void {
  const environment = environmentOf(options);
  const root = parseRoot(argv, environment);
  if (root.flags.bool('version')) {
    output.line(`Docker version ${CLIENT_VERSION}, build ${CLIENT_COMMIT}`);
    return;
  }
  const isSystemInfo = root.args[0] === 'system' && root.args[1] === 'info';
  const [first, ...rest] = isSystemInfo ? root.args.slice(1) : root.args;
  if (root.help || first === undefined) {
    if (root.help) output.out(rootHelpText());
    else output.error(rootHelpText());
    return;
  }
  const group = groups.find(({ name }) => name === first);
  const client = new EngineClient(options.daemon, environment.env);
  // A noun asks for the daemon's version before anything else; the commands without one ask when they need it.
  if (group) client.connect();
  const command = group ? findIn(group, rest) : findCommand(rootCommands, first);
  if (!command) {
    if (!group) {
      throw new CommandFailure(`docker: unknown command: docker ${first}\n\nRun 'docker --help' for more information`);
    }
    showGroup(group, rest, output);
    return;
  }
  const noun = group?.name ?? (isSystemInfo ? 'system' : undefined);
  const bound = { spec: command, parent: noun === undefined ? 'docker' : `docker ${noun}` };
  runCommand(bound, group ? rest.slice(1) : rest, { options, environment, client, output, group });
}

interface Invocation {
  readonly options: DockerOptions;
  readonly environment: Environment;
  readonly client: EngineClient;
  readonly output: Output;
  readonly group: CommandGroup | undefined;
}

function runCommand(command: BoundCommand, argv: readonly string[], invocation: Invocation): void {
  const { options, environment, client, output, group } = invocation;
  const usage = () => helpText(command, options.columns ?? DEFAULT_COLUMNS);
  const parsed = parseCommandFlags(command, argv, environment);
  if (parsed.help) {
    if (parsed.help === 'short') output.line(SHORT_HELP);
    output.out(usage());
    return;
  }
  checkArguments(command, parsed.args);
  checkVersion(command, group, client);
  checkFlagVersions(command.spec.flags, parsed.flags, client);
  const context: CommandContext = {
    ...environment,
    client,
    flags: parsed.flags,
    args: parsed.args,
    output,
    stdin: options.stdin ?? '',
    now: () => options.now(),
    patienceMs: options.patienceMs ?? Number.POSITIVE_INFINITY,
    usage,
  };
  command.spec.run(context);
}

function parseRoot(argv: readonly string[], environment: Environment): ParsedArguments {
  try {
    return parseFlags(argv, globalFlags, { ...environment, interspersed: false });
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    throw new CommandFailure(
      `${error.message}\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information`,
      BAD_FLAGS,
    );
  }
}

function parseCommandFlags(command: BoundCommand, argv: readonly string[], environment: Environment): ParsedArguments {
  const { spec } = command;
  try {
    return parseFlags(argv, spec.flags, { ...environment, interspersed: spec.interspersed ?? true });
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    throw new CommandFailure(
      `${error.message}\n\n${usageLine(command)}\n\nRun '${commandPath(command)} --help' for more information`,
      BAD_FLAGS,
    );
  }
}

function checkVersion(command: BoundCommand, group: CommandGroup | undefined, client: EngineClient): void {
  for (const needed of [command.spec.since, group?.since]) {
    if (needed === undefined || !isOlder(client.version, needed)) continue;
    throw new CommandFailure(
      `${commandPath(command)} requires API version ${needed}, but the Docker daemon API version is ${client.version}`,
    );
  }
}

function checkFlagVersions(specs: readonly FlagSpec[], flags: Flags, client: EngineClient): void {
  const complaints = flags.names.flatMap((name) => {
    const needed = specs.find((spec) => spec.name === name)?.since;
    if (needed === undefined || !isOlder(client.version, needed)) return [];
    return [`"--${name}" requires API version ${needed}, but the Docker daemon API version is ${client.version}`];
  });
  if (complaints.length > 0) throw new CommandFailure(complaints.join('\n'));
}

function findIn(group: CommandGroup, argv: readonly string[]): CommandSpec | undefined {
  return argv[0] === undefined ? undefined : findCommand(group.commands, argv[0]);
}

function findCommand(commands: readonly CommandSpec[], name: string): CommandSpec | undefined {
  return commands.find(({ use, aliases }) => use.split(' ', 1)[0] === name || aliases?.includes(name));
}

/** A noun without a verb prints its help; an unknown verb is an error. */
function showGroup(group: CommandGroup, argv: readonly string[], output: Output): void {
  const path = `docker ${group.name}`;
  const usage = `Usage:  ${path}${group.options === undefined ? '' : ` ${group.options}`}`;
  const pointer = `Run '${path} --help' for more information`;
  const [word] = argv;
  if (word === undefined) output.error(groupHelpText(group));
  else if (word === '--help') output.out(groupHelpText(group));
  else if (word === '-h') output.out(`${SHORT_HELP}\n${groupHelpText(group)}`);
  else if (word.startsWith('-')) {
    const flag = word.startsWith('--')
      ? `unknown flag: ${word.split('=', 1)[0]}`
      : `unknown shorthand flag: '${word[1]}' in ${word}`;
    throw new CommandFailure(`${flag}\n\n${usage}\n\n${pointer}`, BAD_FLAGS);
  } else {
    throw new CommandFailure(`docker: unknown command: ${path} ${word}\n\n${usage}\n\n${pointer}`);
  }
}

interface Environment extends FlagEnvironment {
  findFile(path: string): string | Uint8Array | undefined;
}

function environmentOf(options: DockerOptions): Environment {
  const cwd = options.cwd ?? '/';
  const findFile = (path: string) => lookUp(options.files ?? {}, cwd, path);
  const readText = (path: string) => {
    const content = findFile(path);
    if (content === undefined) throw new CommandFailure(`open ${path}: no such file or directory`);
    return typeof content === 'string' ? content : new TextDecoder().decode(content);
  };
  return { cwd, env: options.env ?? {}, findFile, readText };
}

function lookUp(files: Files, cwd: string, path: string): string | Uint8Array | undefined {
  const wanted = absolutePath(cwd, path);
  if (typeof files === 'function') return files(wanted);
  const name = Object.keys(files).find((candidate) => absolutePath(cwd, candidate) === wanted);
  return name === undefined ? undefined : files[name];
}
