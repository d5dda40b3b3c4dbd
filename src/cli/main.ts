/** The `dryswarm` command. Exit codes: 0 as expected, 1 not as expected, 2 bad input, 3 a bug of ours. */
import { Command, CommanderError } from 'commander';
import { DryswarmError, InvariantError } from '../base/index.ts';
import { ComposeError, formatPosition } from '../compose/index.ts';
import { RefusedService, ScenarioError, VERSION } from '../evaluate/index.ts';
import { checkCommand } from './check.ts';
import { demoCommand } from './demo/demo.ts';
import { evaluateCommand } from './evaluate.ts';
import { replayCommand } from './replay.ts';
import { runCommand } from './run.ts';
import { schemaCommand } from './schema.ts';
import { showTraceCommand } from './show-trace.ts';
import { type Terminal, terminal } from './terminal.ts';

const EXIT = { asExpected: 0, notAsExpected: 1, badInput: 2, internal: 3 } as const;

/** Runs one command line; returns its exit code. */
export function main(argv: readonly string[], io: Terminal = terminal()): number {
  let code: number = EXIT.asExpected;
  const program = new Command('dryswarm')
    .description('rehearse Docker Swarm releases before they touch a cluster')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) });
  const finish = (result: number) => {
    code = result;
  };
  program.addCommand(inherit(program, checkCommand(io, finish)));
  program.addCommand(inherit(program, evaluateCommand(io, finish)));
  program.addCommand(inherit(program, runCommand(io, finish)));
  program.addCommand(inherit(program, replayCommand(io)));
  program.addCommand(inherit(program, demoCommand(io)));
  program.addCommand(inherit(program, schemaCommand(io)));
  program.addCommand(inherit(program, showTraceCommand(io)));
  try {
    program.parse(argv, { from: 'user' });
    return code;
  } catch (error) {
    return report(error, io);
  }
}

function inherit(parent: Command, child: Command): Command {
  return child.copyInheritedSettings(parent);
}

function report(error: unknown, io: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.asExpected : EXIT.badInput;
  if (error instanceof InvariantError || !(error instanceof DryswarmError)) {
    io.err(`dryswarm: this is a bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    io.err('please report it with the command line and the files');
    return EXIT.internal;
  }
  const { message, hint } = error;
  // Docker lists its complaints below each other; here each has a place and a line of its own.
  io.err(`${placeOf(error)}${error instanceof ComposeError ? message.replace(/\s*\n[\s*]*/g, ' ') : message}`);
  if (hint !== undefined) io.err(`  ${hint}`);
  return EXIT.badInput;
}

function placeOf(error: DryswarmError): string {
  if (error instanceof RefusedService && error.at) return `${formatPosition(error.at)}: `;
  if (!(error instanceof ComposeError || error instanceof ScenarioError) || error.file === undefined)
    return 'dryswarm: ';
  const { file, line, column } = error;
  return line === undefined ? `${file}: ` : `${file}:${line}:${column ?? 1}: `;
}
