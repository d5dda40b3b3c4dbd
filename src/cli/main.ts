/** The `dryswarm` command. Exit codes: 0 as expected, 1 not as expected, 2 bad input, 3 a bug of ours. */
import { Command, CommanderError } from 'commander';
import { DryswarmError, InvariantError } from '../base/index.ts';
import { ComposeError } from '../compose/index.ts';
import { VERSION } from '../evaluate/index.ts';
import { annotation } from '../report/index.ts';
import { checkCommand } from './check.ts';
import { demoCommand } from './demo/demo.ts';
import { evaluateCommand } from './evaluate.ts';
import { placeOf } from './place.ts';
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
    return report(
      error,
      io,
      program.commands.some((command) => command.opts().reporter === 'github'),
    );
  }
}

function inherit(parent: Command, child: Command): Command {
  return child.copyInheritedSettings(parent);
}

function report(error: unknown, io: Terminal, isForGithub: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.asExpected : EXIT.badInput;
  if (error instanceof InvariantError || !(error instanceof DryswarmError)) {
    io.err(`dryswarm: this is a bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    io.err('please report it with the command line and the files');
    return EXIT.internal;
  }
  const { hint } = error;
  // Docker lists its complaints below each other; here each has a place and a line of its own.
  const message = error instanceof ComposeError ? error.message.replace(/\s*\n[\s*]*/g, ' ') : error.message;
  const { file = 'dryswarm', line, column = 1 } = placeOf(error);
  io.err(`${line === undefined ? file : `${file}:${line}:${column}`}: ${message}`);
  if (hint !== undefined) io.err(`  ${hint}`);
  if (isForGithub) {
    const at = file === 'dryswarm' ? undefined : { file, line: line ?? 1, column };
    io.out(annotation('error', at, 'dryswarm', [message, hint ?? []].flat().join('\n')));
  }
  return EXIT.badInput;
}
