/** Runs what is printed as code, as somebody would who has pasted it into a test. */
import { createSwarm, type Swarm } from '../../../src/index.ts';

export function runCode(code: string): Swarm {
  const program = new Function('createSwarm', `${code}\nreturn swarm;`) as (create: typeof createSwarm) => Swarm;
  return program(createSwarm);
}
