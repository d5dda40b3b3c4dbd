import type { CommandSpec } from '../command.ts';
import { systemInfo } from '../engine/info.ts';
import { flag } from '../flags/flag.ts';
import { text } from '../flags/types.ts';
import { availabilityFlag, readAvailability } from './availability.ts';
import { DEFAULT_LISTEN_ADDRESS, nodeAddress } from './flag-types.ts';

export const join: CommandSpec = {
  use: 'join [OPTIONS] HOST:PORT',
  short: 'Join a swarm as a node and/or manager',
  args: { exactly: 1 },
  flags: [
    flag('advertise-addr', text, 'Advertised address (format: "<ip|interface>[:port]")'),
    availabilityFlag,
    flag('data-path-addr', text, 'Address or interface to use for data path traffic (format: "<ip|interface>")', {
      since: '1.31',
    }),
    flag(
      'listen-addr',
      nodeAddress,
      `Listen address (format: "<ip|interface>[:port]") (default ${DEFAULT_LISTEN_ADDRESS})`,
    ),
    flag('token', text, 'Token for entry into the swarm'),
  ],
  run({ client, flags, args, output }) {
    const body = {
      ListenAddr: flags.string('listen-addr', DEFAULT_LISTEN_ADDRESS),
      AdvertiseAddr: flags.string('advertise-addr'),
      DataPathAddr: flags.string('data-path-addr'),
      RemoteAddrs: [args[0]!],
      JoinToken: flags.string('token'),
      Availability: readAvailability(flags),
    };
    client.post('/swarm/join', { body });
    const role = systemInfo(client).Swarm.ControlAvailable ? 'manager' : 'worker';
    output.line(`This node joined a swarm as a ${role}.`);
  },
};
