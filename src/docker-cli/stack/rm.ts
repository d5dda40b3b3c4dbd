import type { CommandContext, CommandSpec } from '../command.ts';
import { listNetworks, listStoredTexts, listTasks } from '../engine/objects.ts';
import { listServices } from '../engine/services.ts';
import { CommandFailure, Failures } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { toggle } from '../flags/types.ts';
import { isTerminal } from '../progress/rows.ts';
import { pollUntil } from '../waiting.ts';
import { removeNetworks, removeServices, removeStoredTexts } from './remove-objects.ts';
import { checkStackName, ofStack } from './stack-name.ts';

/** Docker polls without a pause; time has to pass here, or nothing would ever stop. */
const POLL_MS = 100;

export const rm: CommandSpec = {
  use: 'rm [OPTIONS] STACK [STACK...]',
  short: 'Remove one or more stacks',
  aliases: ['remove', 'down'],
  args: { atLeast: 1 },
  flags: [flag('detach', toggle, 'Do not wait for stack removal (default true)', { short: 'd' })],
  run(context) {
    const failures = new Failures();
    for (const stack of context.args.map(checkStackName)) removeStack(context, stack, failures);
    failures.throwIfAny();
  },
};

function removeStack(context: CommandContext, stack: string, failures: Failures): void {
  const { client, flags, output } = context;
  const filters = ofStack(stack);
  const services = listServices(client, { filters });
  const networks = listNetworks(client, filters);
  const secrets = listStoredTexts(client, 'secrets', filters);
  const configs = listStoredTexts(client, 'configs', filters);
  if (services.length + networks.length + secrets.length + configs.length === 0) {
    output.errorLine(`Nothing found in stack: ${stack}`);
    return;
  }
  const failed = [
    removeServices(context, services),
    removeStoredTexts(context, 'secrets', secrets),
    removeStoredTexts(context, 'configs', configs),
    removeNetworks(context, networks),
  ];
  failures.attempt(() => {
    if (failed.includes(true)) throw new CommandFailure(`failed to remove some resources from stack: ${stack}`);
    if (!flags.bool('detach', true)) waitForTasks(context, stack);
  });
}

/** Until every task has ended. */
function waitForTasks(context: CommandContext, stack: string): void {
  const haveEnded = () => listTasks(context.client, ofStack(stack)).every((task) => isTerminal(task.Status.State));
  if (!pollUntil(context, POLL_MS, haveEnded)) {
    throw new CommandFailure(`failed to wait on tasks of stack: ${stack}: context canceled`);
  }
}
