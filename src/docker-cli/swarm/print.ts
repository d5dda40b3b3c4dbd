import type { CommandContext } from '../command.ts';
import { inspectNode, inspectSwarm, unlockKey } from '../engine/objects.ts';
import { prefixFailure } from '../failure.ts';

/** How to join the swarm, by way of the node that is asked. */
export function printJoinCommand(
  { client, output }: CommandContext,
  nodeId: string,
  roles: readonly ('worker' | 'manager')[],
): void {
  const { ManagerStatus } = inspectNode(client, nodeId);
  const { JoinTokens } = inspectSwarm(client);
  if (!ManagerStatus) return;
  for (const role of roles) {
    const token = role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager;
    output.out(
      `To add a ${role} to this swarm, run the following command:\n\n` +
        `    docker swarm join --token ${token} ${ManagerStatus.Addr}\n\n`,
    );
  }
}

export function printUnlockCommand({ output }: CommandContext, key: string): void {
  if (key === '') return;
  output.out(
    'To unlock a swarm manager after it restarts, run the `docker swarm unlock`\n' +
      `command and provide the following key:\n\n    ${key}\n\n` +
      'Remember to store this key in a password manager, since without it you\n' +
      'will not be able to restart the manager.\n',
  );
}

export function fetchUnlockKey({ client }: CommandContext): string {
  return prefixFailure('could not fetch unlock key', () => unlockKey(client));
}
