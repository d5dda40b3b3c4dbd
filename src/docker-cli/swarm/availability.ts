import { quote } from '../../go/index.ts';
import { CommandFailure } from '../failure.ts';
import { type Flags, flag } from '../flags/flag.ts';
import { text } from '../flags/types.ts';

export const availabilityFlag = flag(
  'availability',
  text,
  'Availability of the node ("active", "pause", "drain") (default "active")',
);

/** Empty where the flag was not given: the daemon's default. */
export function readAvailability(flags: Flags): string {
  const given = flags.get<string>('availability');
  if (given === undefined) return '';
  const availability = given.toLowerCase();
  if (!['active', 'pause', 'drain'].includes(availability)) {
    throw new CommandFailure(`invalid availability ${quote(given)}, only active, pause and drain are supported`);
  }
  return availability;
}
