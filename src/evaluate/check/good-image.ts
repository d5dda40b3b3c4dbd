import type { ServiceSpec } from '../../api/index.ts';
import type { ImageDefinition } from '../../swarm/index.ts';

/** An image that nobody has said anything about. */
const USUAL: ImageDefinition = { pull: '5s', start: '2s', stop: '1s' };

/** How long a job takes. */
const WORK = '5s';

/** How a service's image behaves when it is good: as long as it is said to take for everything, and without its faults. */
export function goodImage(
  { task, mode }: ServiceSpec,
  images: Readonly<Record<string, ImageDefinition>>,
): ImageDefinition {
  const isJob = mode.kind === 'replicated-job' || mode.kind === 'global-job';
  const { fails, missing, neverHealthy, unhealthy, completes, start, ...good } = images[task.container.image] ?? {};
  return {
    ...USUAL,
    ...good,
    ...(start !== undefined && { start: withoutFailure(start) }),
    ...(isJob && { completes: completes ?? WORK }),
  };
}

function withoutFailure(start: NonNullable<ImageDefinition['start']>): NonNullable<ImageDefinition['start']> {
  if (typeof start !== 'object' || !('fails' in start)) return start;
  return start.takes ?? USUAL.start!;
}
