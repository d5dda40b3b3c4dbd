/** The file in which the trace of a failed test is kept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hashOf } from '../sim/index.ts';
import { type ObservedSwarm, traceFileOf } from '../swarm/index.ts';

const FOLDER = '.dryswarm';
const LONGEST_NAME = 80;

/** Relative to where the tests are run from; a name that is cut off ends in a hash of all of it. */
export function tracePathOf(title: string): string {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  const unique = name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME)}-${hashOf(name).slice(0, 6)}`;
  return `${FOLDER}/${unique.toLowerCase()}.trace`;
}

/** Returns where it is for whoever works in another folder. */
export function keepTrace(path: string, swarm: ObservedSwarm, title: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, traceFileOf(swarm, title));
  return resolve(path);
}
