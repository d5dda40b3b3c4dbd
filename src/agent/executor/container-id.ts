import { hashInteger } from '../../sim/index.ts';

/** An id in the engine's form, 64 hexadecimal digits: the same for the same name. */
export function containerId(name: string): string {
  let id = '';
  for (let part = 0; part < 8; part += 1) {
    id += hashInteger('container-id', name, part, 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return id;
}
