import { groups, rootCommands } from './commands.ts';
import { flag } from './flags/flag.ts';
import { list, text, toggle } from './flags/types.ts';

/** What may stand before the command. Only `--version` has an effect: there is one daemon to speak to. */
export const globalFlags = [
  flag('config', text, 'Location of client config files'),
  flag('context', text, 'Name of the context to use to connect to the daemon', { short: 'c' }),
  flag('debug', toggle, 'Enable debug mode', { short: 'D' }),
  flag('host', list(), 'Daemon socket to connect to', { short: 'H' }),
  flag('log-level', text, 'Set the logging level', { short: 'l' }),
  flag('tls', toggle, 'Use TLS'),
  flag('tlscacert', text, 'Trust certs signed only by this CA'),
  flag('tlscert', text, 'Path to TLS certificate file'),
  flag('tlskey', text, 'Path to TLS key file'),
  flag('tlsverify', toggle, 'Use TLS and verify the remote'),
  flag('version', toggle, 'Print version information and quit', { short: 'v' }),
];

/** What `docker` alone prints: the commands that there are here. */
export function rootHelpText(): string {
  const commands = [
    ...groups.map(({ name, short }) => ({ name, short })),
    ...rootCommands.map(({ use, short }) => ({ name: use.split(' ', 1)[0]!, short })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = commands.map(({ name, short }) => `  ${name.padEnd(11)} ${short}\n`).join('');
  return (
    `Usage:  docker [OPTIONS] COMMAND\n\nA self-sufficient runtime for containers\n\nCommands:\n${lines}\n` +
    "Run 'docker COMMAND --help' for more information on a command.\n"
  );
}
