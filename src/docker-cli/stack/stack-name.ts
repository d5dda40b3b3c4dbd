import { quote } from '../../go/index.ts';
import { CommandFailure } from '../failure.ts';
import { addFilter, type Filters } from '../flags/types.ts';

/** Marks everything that belongs to a stack. */
export const NAMESPACE_LABEL = 'com.docker.stack.namespace';

/** Refuses a name of nothing but spaces and quotes; the daemon has rules of its own. */
export function checkStackName(name: string): string {
  if (/^[\s"']*$/.test(name)) throw new CommandFailure(`invalid stack name: ${quote(name)}`);
  return name;
}

export function ofStack(name: string, filters: Filters = {}): Filters {
  return addFilter(filters, 'label', `${NAMESPACE_LABEL}=${name}`);
}
