import { compareText } from '../../base/index.ts';
import {
  type ComposeConfig,
  ComposeError,
  ForbiddenKeysError,
  loadCompose,
  openComposeFiles,
  requireImages,
} from '../../compose/index.ts';
import { quote } from '../../go/index.ts';
import type { CommandContext } from '../command.ts';
import { referenceProblem } from '../engine/image-reference.ts';
import { CommandFailure } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { commaList } from '../flags/types.ts';

export const composeFileFlag = flag('compose-file', commaList, 'Path to a Compose file, or "-" to read from stdin', {
  short: 'c',
});

/** Loads and merges the files that the flags name; what docker logs meanwhile goes to standard error. */
export function loadFiles(context: CommandContext, variables: 'replace' | 'leave' = 'replace'): ComposeConfig {
  const { flags, cwd, env, stdin, output, now } = context;
  const readFile = (path: string) => context.findFile(path);
  const { files, workingDir } = openComposeFiles(flags.list('compose-file'), { cwd, readFile, stdin });
  const time = new Date(Math.floor(now() / 1000) * 1000).toISOString().replace('.000', '');
  const onWarning = (text: string) => output.errorLine(`time="${time}" level=warning msg=${quote(text)}`);
  return loadCompose(files, { env, workingDir, readFile, variables, onWarning });
}

/** The same for `stack deploy`, which also announces what it ignores and insists on images. */
export function loadForDeploy(context: CommandContext): ComposeConfig {
  const config = loadFiles(context);
  const { unsupported, deprecated } = config.ignored;
  if (unsupported.length > 0) {
    context.output.errorLine(`Ignoring unsupported options: ${unsupported.join(', ')}\n`);
  }
  if (deprecated.length > 0) {
    context.output.errorLine(`Ignoring deprecated options:\n\n${deprecated.join('\n\n')}\n`);
  }
  requireImages(config);
  for (const name of Object.keys(config.services).sort(compareText)) {
    const problem = referenceProblem(config.services[name]!.image!);
    if (problem) throw new CommandFailure(`invalid image reference for service ${name}: ${problem}`);
  }
  return config;
}

/** Runs a step over Compose files; their errors end the command with docker's own text. */
export function withComposeErrors<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof ComposeError) throw new CommandFailure(error.message);
    throw error;
  }
}

/** `stack deploy` alone says which keys it refuses, and why. */
export function listForbiddenKeys<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ForbiddenKeysError)) throw error;
    throw new CommandFailure(`Compose file contains unsupported options:\n\n${error.lines.join('\n\n')}\n`);
  }
}
