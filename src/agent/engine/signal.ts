/** Names of signals as a stop signal may give them: `SIGTERM`, `TERM`, `15`. */

const BY_NUMBER: Readonly<Record<string, string>> = {
  1: 'HUP',
  2: 'INT',
  3: 'QUIT',
  6: 'ABRT',
  9: 'KILL',
  10: 'USR1',
  12: 'USR2',
  14: 'ALRM',
  15: 'TERM',
  18: 'CONT',
  28: 'WINCH',
};

/** The long name, or undefined where none is given. */
export function normalSignal(given: string | undefined): string | undefined {
  if (given === undefined || given === '') return undefined;
  const name = (BY_NUMBER[given] ?? given).toUpperCase();
  return name.startsWith('SIG') ? name : `SIG${name}`;
}
