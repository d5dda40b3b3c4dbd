import type { EngineClient } from './client.ts';
import { CommandFailure } from './failure.ts';
import type { FlagEnvironment, FlagSpec, Flags } from './flags/flag.ts';
import { flagUsages } from './flags/usage.ts';
import type { Output } from './output.ts';

/** A command of the docker client, as data; one file each. */
export interface CommandSpec {
  /** Name and arguments, as in the usage line: `update [OPTIONS] SERVICE`. */
  readonly use: string;
  readonly short: string;
  /** Other names of the command in its group. */
  readonly aliases?: readonly string[];
  /** Other whole paths that lead to it, for the help text: `docker system info`. */
  readonly otherPaths?: readonly string[];
  readonly args: ArgumentRule;
  readonly flags: readonly FlagSpec[];
  /** The API version that the command needs. */
  readonly since?: string;
  /** False where everything after the first argument belongs to the container. */
  readonly interspersed?: boolean;
  run(context: CommandContext): void;
}

/** A noun with its verbs. */
export interface CommandGroup {
  readonly name: string;
  /** What its usage line says in errors, besides the name. */
  readonly options?: string;
  readonly short: string;
  readonly since: string;
  readonly commands: readonly CommandSpec[];
}

/** What a command works with. */
export interface CommandContext extends FlagEnvironment {
  readonly client: EngineClient;
  readonly flags: Flags;
  readonly args: readonly string[];
  readonly output: Output;
  readonly stdin: string;
  /** A file as it is, by its absolute path; undefined where there is none. */
  findFile(path: string): string | Uint8Array | undefined;
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** How long the user lets a command wait before pressing Ctrl-C. */
  readonly patienceMs: number;
  /** The usage text of the command, for the command that prints it when it has nothing to do. */
  usage(): string;
}

/** How many arguments a command takes, or a check of its own that gets the command's path and usage line. */
export type ArgumentRule =
  | { readonly exactly: number }
  | { readonly atLeast: number }
  | { readonly atLeast: number; check(args: readonly string[], command: BoundCommand): void };

/** A command with the words that lead to it: `docker service`. */
export interface BoundCommand {
  readonly spec: CommandSpec;
  readonly parent: string;
}

export function commandPath({ spec, parent }: BoundCommand): string {
  return `${parent} ${spec.use.split(' ', 1)[0]}`;
}

export function usageLine({ spec, parent }: BoundCommand): string {
  return `Usage:  ${parent} ${spec.use}`;
}

/** Refuses a wrong number of arguments (docker/cli cli/required.go). */
export function checkArguments(command: BoundCommand, args: readonly string[]): void {
  const rule = command.spec.args;
  if ('exactly' in rule) {
    if (args.length === rule.exactly) return;
    const demand = rule.exactly === 0 ? 'accepts no arguments' : `requires ${plural(rule.exactly)}`;
    throw new CommandFailure(complaint(command, demand, 'Run'));
  }
  if (args.length < rule.atLeast) {
    throw new CommandFailure(complaint(command, `requires at least ${plural(rule.atLeast)}`, 'See'));
  }
  if ('check' in rule) rule.check(args, command);
}

function complaint(command: BoundCommand, demand: string, pointer: 'Run' | 'See'): string {
  const path = commandPath(command);
  return `docker: '${path}' ${demand}\n\n${usageLine(command)}\n\n${pointer} '${path} --help' for more information`;
}

function plural(count: number): string {
  return `${count} ${count === 1 ? 'argument' : 'arguments'}`;
}

/** What `--help` prints. */
export function helpText(command: BoundCommand, columns: number): string {
  const { spec } = command;
  const path = commandPath(command);
  const names = [
    ...new Set([...(spec.otherPaths ?? []), path]),
    ...(spec.aliases ?? []).map((alias) => `${command.parent} ${alias}`),
  ];
  const aliases = names.length === 1 ? '' : `\nAliases:\n  ${names.join(', ')}\n`;
  const options = spec.flags.length === 0 ? '' : `\nOptions:\n${flagUsages(spec.flags, columns - 1)}`;
  return `${usageLine(command)}\n\n${spec.short}\n${aliases}${options}`;
}

export function groupHelpText(group: CommandGroup): string {
  const commands = [...group.commands].sort((a, b) => (a.use < b.use ? -1 : 1));
  const names = commands.map((command) => command.use.split(' ', 1)[0]!);
  const width = Math.max(11, ...names.map((name) => name.length));
  const lines = commands.map((command, index) => `  ${names[index]!.padEnd(width)} ${command.short}\n`).join('');
  return (
    `Usage:  docker ${group.name} COMMAND\n\n${group.short}\n\nCommands:\n${lines}\n` +
    `Run 'docker ${group.name} COMMAND --help' for more information on a command.\n`
  );
}
