import { compareText } from '../../base/index.ts';
import type { CommandContext } from '../command.ts';
import type { Network, StoredText, StoredTextKind } from '../engine/objects.ts';
import type { Service } from '../engine/service-types.ts';
import { removeService } from '../engine/services.ts';
import { failureText } from '../failure.ts';

/** Each of these removes what it gets, one after the other, and returns whether something could not be removed. */

export function removeServices(context: CommandContext, services: readonly Service[]): boolean {
  const sorted = [...services].sort((a, b) => compareText(a.Spec.Name, b.Spec.Name));
  return removeEach(
    context,
    'service',
    sorted.map(({ ID, Spec }) => ({ id: ID, name: Spec.Name })),
    (id) => removeService(context.client, id),
  );
}

export function removeStoredTexts(
  context: CommandContext,
  kind: StoredTextKind,
  texts: readonly StoredText[],
): boolean {
  return removeEach(
    context,
    kind === 'secrets' ? 'secret' : 'config',
    texts.map(({ ID, Spec }) => ({ id: ID, name: Spec.Name })),
    (id) => context.client.delete(`/${kind}/${id}`),
  );
}

export function removeNetworks(context: CommandContext, networks: readonly Network[]): boolean {
  return removeEach(
    context,
    'network',
    networks.map(({ Id, Name }) => ({ id: Id, name: Name })),
    (id) => context.client.delete(`/networks/${id}`),
  );
}

function removeEach(
  { output }: CommandContext,
  noun: string,
  objects: readonly { id: string; name: string }[],
  remove: (id: string) => void,
): boolean {
  let hasFailed = false;
  for (const { id, name } of objects) {
    output.line(`Removing ${noun} ${name}`);
    try {
      remove(id);
    } catch (error) {
      hasFailed = true;
      // Without a line feed: docker forgets it.
      output.error(`Failed to remove ${noun} ${id}: ${failureText(error)}`);
    }
  }
  return hasFailed;
}
