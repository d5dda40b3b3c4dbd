/** Image references in the short form in which the engine speaks of them: `docker.io/library/web` is `web:latest`. */
export interface ImageReference {
  /** With its tag. */
  readonly text: string;
  /** Given by the id of an image, which cannot be pulled. */
  readonly isId: boolean;
  /** Pinned by a digest: if it is present there is nothing to pull. */
  readonly isPinned: boolean;
}

export function imageReference(given: string): ImageReference {
  const isId = /^sha256:[0-9a-f]{64}$/.test(given);
  const short = given.replace(/^(index\.)?docker\.io\//, '').replace(/^library\//, '');
  const isPinned = short.includes('@');
  const hasTag = /:[^/]*$/.test(short);
  return { text: isPinned || hasTag ? short : `${short}:latest`, isId, isPinned };
}
