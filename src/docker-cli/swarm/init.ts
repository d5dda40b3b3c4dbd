import type { CommandContext, CommandSpec } from '../command.ts';
import { swarmSpec } from '../engine/swarm-types.ts';
import { CommandFailure } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { text, toggle, unsigned32 } from '../flags/types.ts';
import { encode, zeroOf } from '../go/type.ts';
import { availabilityFlag, readAvailability } from './availability.ts';
import { DEFAULT_LISTEN_ADDRESS, nodeAddress, subnets } from './flag-types.ts';
import { fetchUnlockKey, printJoinCommand, printUnlockCommand } from './print.ts';
import { mergeSpecFlags, specFlags } from './spec-flags.ts';

const DEFAULT_MASK_LENGTH = 24;

export const init: CommandSpec = {
  use: 'init [OPTIONS]',
  short: 'Initialize a swarm',
  args: { exactly: 0 },
  flags: [
    flag('advertise-addr', text, 'Advertised address (format: "<ip|interface>[:port]")'),
    flag('autolock', toggle, 'Enable manager autolocking (requiring an unlock key to start a stopped manager)'),
    availabilityFlag,
    flag('data-path-addr', text, 'Address or interface to use for data path traffic (format: "<ip|interface>")', {
      since: '1.31',
    }),
    flag(
      'data-path-port',
      unsigned32,
      'Port number to use for data path traffic (1024 - 49151). ' +
        'If no value is set or is set to 0, the default port (4789) is used.',
      { since: '1.40' },
    ),
    flag('default-addr-pool', subnets, 'default address pool in CIDR format (default [])', { since: '1.39' }),
    flag('default-addr-pool-mask-length', unsigned32, 'default address pool subnet mask length (default 24)', {
      since: '1.39',
    }),
    flag('force-new-cluster', toggle, 'Force create a new cluster from current state'),
    flag(
      'listen-addr',
      nodeAddress,
      `Listen address (format: "<ip|interface>[:port]") (default ${DEFAULT_LISTEN_ADDRESS})`,
    ),
    ...specFlags,
  ],
  run(context) {
    const { flags, output } = context;
    const nodeId = initialize(context);
    output.out(`Swarm initialized: current node (${nodeId}) is now a manager.\n\n`);
    printJoinCommand(context, nodeId, ['worker']);
    output.line("To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.");
    if (flags.bool('autolock')) printUnlockCommand(context, fetchUnlockKey(context));
  },
};

/** The ID of the new manager. */
function initialize({ client, flags }: CommandContext): string {
  const body = {
    ListenAddr: flags.string('listen-addr', DEFAULT_LISTEN_ADDRESS),
    AdvertiseAddr: flags.string('advertise-addr'),
    DataPathAddr: flags.string('data-path-addr'),
    DataPathPort: flags.number('data-path-port') ?? 0,
    ForceNewCluster: flags.bool('force-new-cluster'),
    Spec: encode(swarmSpec, mergeSpecFlags(zeroOf(swarmSpec), flags)),
    AutoLockManagers: flags.bool('autolock'),
    Availability: readAvailability(flags),
    DefaultAddrPool: flags.list('default-addr-pool'),
    SubnetSize: flags.number('default-addr-pool-mask-length') ?? DEFAULT_MASK_LENGTH,
  };
  try {
    return String(client.post('/swarm/init', { body }));
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    const lacksAddress = /could not choose an IP address to advertise|could not find the system's IP address/;
    if (!lacksAddress.test(error.message)) throw error;
    throw new CommandFailure(`${error.message} - specify one with --advertise-addr`);
  }
}
