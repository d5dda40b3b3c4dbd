/**
 * What the simulation does not have but clients ask for: digests, tokens, keys, addresses. The same subject always gets
 * the same one.
 */

/** A digest of an image, `sha256:` and 64 digits. */
export function fakeDigest(subject: string): string {
  const words = Array.from({ length: 8 }, (_, index) => scramble(`${subject}/${index}`).toString(16).padStart(8, '0'));
  return `sha256:${words.join('')}`;
}

/** Text of digits and lower-case letters. */
export function fakeText(subject: string, length: number): string {
  return pick('0123456789abcdefghijklmnopqrstuvwxyz', subject, length);
}

/** Text as base64 has it. */
export function fakeKey(subject: string, length: number): string {
  return pick('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', subject, length);
}

/** A whole number from 0 up, below `bound`. */
export function fakeNumber(subject: string, bound: number): number {
  return scramble(subject) % bound;
}

function pick(alphabet: string, subject: string, length: number): string {
  return Array.from({ length }, (_, index) => alphabet[fakeNumber(`${subject}/${index}`, alphabet.length)]).join('');
}

/** 32 bits: FNV-1a with the finaliser of MurmurHash3, for texts that differ in their last character only. */
function scramble(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
