import fc from 'fast-check';
import type { ImageDefinition } from '../swarm/index.ts';
import { maybe, optional, spans } from './arbitrary.ts';

/** What goes wrong with an image, by the name of the fault that it is. */
const TROUBLES = {
  'image-fails': spans({ max: 30 }).map((after): ImageDefinition => ({ fails: { after } })),
  'image-never-healthy': fc.constant<ImageDefinition>({ neverHealthy: true }),
  'image-unhealthy': spans({ max: 30 }).map((after): ImageDefinition => ({ unhealthy: { after } })),
  'image-slow-start': spans({ min: 1, max: 60 }).map((start): ImageDefinition => ({ start })),
  'pull-slow': spans({ min: 1, max: 120 }).map((pull): ImageDefinition => ({ pull })),
  'image-missing': fc.constant<ImageDefinition>({ missing: true }),
} satisfies Readonly<Record<string, fc.Arbitrary<ImageDefinition>>>;

export type ImageFault = keyof typeof TROUBLES;

export const IMAGE_FAULTS = Object.keys(TROUBLES) as readonly ImageFault[];

export function isImageFault(fault: string): fault is ImageFault {
  return Object.hasOwn(TROUBLES, fault);
}

/** How long a good image takes for what. Shrinks to no time. */
function paces(): fc.Arbitrary<ImageDefinition> {
  const drawn = { pull: spans({ max: 20 }), start: spans({ max: 10 }), stop: spans({ max: 15 }) };
  return optional<{ pull: string; start: string; stop: string }>(drawn, { pull: '0s', start: '0s', stop: '0s' });
}

export interface WorkloadOptions {
  /** What may go wrong. Default: all. */
  readonly faults?: readonly ImageFault[];
}

/** How an image behaves. Shrinks to one that is there at once and runs until it is stopped. */
export function workloads({ faults = IMAGE_FAULTS }: WorkloadOptions = {}): fc.Arbitrary<ImageDefinition> {
  if (faults.length === 0) return paces();
  const troubles = fc.oneof(...faults.map((fault) => TROUBLES[fault]));
  return fc.tuple(paces(), maybe(troubles)).map(([pace, trouble]): ImageDefinition => ({ ...pace, ...trouble }));
}
