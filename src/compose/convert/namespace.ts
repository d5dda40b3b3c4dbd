import type { StringMap } from '../model/config.ts';

/** By this label the commands of a stack find what belongs to it. */
export const LABEL_NAMESPACE = 'com.docker.stack.namespace';
/** The image as the Compose file names it, before a digest is added. */
export const LABEL_IMAGE = 'com.docker.stack.image';

/** `numbers` and `web` make `numbers_web`. */
export function scopedName(namespace: string, name: string): string {
  return `${namespace}_${name}`;
}

export function withStackLabel(namespace: string, labels: StringMap | undefined): StringMap {
  return { ...labels, [LABEL_NAMESPACE]: namespace };
}
