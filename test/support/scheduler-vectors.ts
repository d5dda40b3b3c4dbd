import { isRecord } from '../conformance/family.ts';

/** The entries of a file of vectors; one empty entry, which no family recognises, where the content is no such file. */
export function vectorsOf(content: unknown): readonly Record<string, unknown>[] {
  const vectors = isRecord(content) ? content.vectors : undefined;
  return Array.isArray(vectors) && vectors.length > 0 && vectors.every(isRecord) ? vectors : [{}];
}
