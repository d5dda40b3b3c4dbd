/** `/distribution` (moby daemon/server/router/distribution). */
import type { Answer, Call } from './call.ts';
import { notFound } from './refusal.ts';
import { distributionOf, isInRegistry } from './registry.ts';

/** The digest and platforms of an image that the nodes could pull. */
export function inspectDistribution({ swarm, params }: Call): Answer {
  const name = params.name!;
  if (!isInRegistry(swarm, name)) throw notFound('manifest unknown: manifest unknown');
  return { body: distributionOf(name) };
}
