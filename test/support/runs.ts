/** How often a random test tries: so often, or many times as often in `npm run test:long`. */
export function runs(ordinary: number): number {
  return ordinary * Number(process.env.DRYSWARM_RUNS_FACTOR ?? 1);
}
