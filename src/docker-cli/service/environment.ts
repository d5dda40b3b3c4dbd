import type { CommandContext } from '../command.ts';
import { CommandFailure } from '../failure.ts';

/**
 * The variables of `--env-file` and then `--env`; a later one of the same name replaces those with other values.
 * (docker/cli cli/command/service/opts.go, makeEnv)
 */
export function readVariables(context: CommandContext): string[] {
  const { flags } = context;
  const given = [...flags.list('env-file').flatMap((path) => readFileVariables(context, path)), ...flags.list('env')];
  return given.reduce<string[]>((variables, variable) => {
    const beginning = `${variable.split('=', 1)[0]}=`;
    return [...variables.filter((earlier) => earlier === variable || !earlier.startsWith(beginning)), variable];
  }, []);
}

/** `NAME=value` lines; a bare name takes the client's own value or is dropped (docker/cli pkg/kvfile). */
function readFileVariables(context: CommandContext, path: string): string[] {
  const lines = context
    .readText(path)
    .replace(/^\ufeff/, '')
    .split('\n');
  return lines.flatMap((raw) => {
    const line = raw.replace(/\r$/, '').trimStart();
    if (line === '' || line.startsWith('#')) return [];
    const at = line.indexOf('=');
    const name = at < 0 ? line : line.slice(0, at);
    const invalid = (reason: string) => new CommandFailure(`invalid env file (${path}): ${reason}`);
    if (name === '') throw invalid(`no variable name on line '${line}'`);
    if (/[ \t]/.test(name)) throw invalid(`variable '${name}' contains whitespaces`);
    if (at >= 0) return [line];
    return Object.hasOwn(context.env, name) ? [`${name}=${context.env[name]}`] : [];
  });
}
