import { HashStream } from '../../sim/index.ts';

/** An id in the engine's form, 64 hexadecimal digits: the same for the same name. */
export function containerId(name: string): string {
  const stream = new HashStream('container-id', name);
  let id = '';
  for (let part = 0; part < 8; part += 1) {
    const word = stream.integer(part, 2 ** 32);
    // In two halves: V8 writes numbers of up to 31 bits many times faster than others.
    id += hexadecimal(word >>> 16) + hexadecimal(word & 0xffff);
  }
  return id;
}

/** Four digits. */
function hexadecimal(half: number): string {
  return half.toString(16).padStart(4, '0');
}
