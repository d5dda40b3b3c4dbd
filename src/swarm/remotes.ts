/** Which manager an agent turns to: by chance, weighted by what it has experienced (swarmkit remotes/remotes.go). */
import { compareText } from '../base/index.ts';

/** The weight of one experience, good or (negative) bad. */
export const OBSERVATION = 10;

/** Even a manager with bad experiences is tried now and then. */
const BIAS = 0.001;
const SMOOTHING = 0.5;
const HEAVIEST = 256;

export class Remotes {
  readonly #weights: Map<string, number>;

  constructor(weights: Iterable<readonly [string, number]> = []) {
    this.#weights = new Map(weights);
  }

  /** `draw`: a number in [0, 1). Undefined where nobody is known. swarmkit goes through a Go map, here it is by name. */
  select(draw: number, except?: string): string | undefined {
    const known = [...this.#weights]
      .filter(([name]) => name !== except)
      .sort(([a], [b]) => compareText(a, b))
      .map(([name, weight]) => ({ name, share: Math.max(0, weight) + BIAS }));
    let rest = draw * known.reduce((sum, { share }) => sum + share, 0);
    for (const { name, share } of known) {
      rest -= share;
      if (rest < 0) return name;
    }
    return known[known.length - 1]?.name;
  }

  observe(name: string, weight: number): void {
    const smoothed = clip(SMOOTHING * clip(weight) + (1 - SMOOTHING) * (this.#weights.get(name) ?? 0));
    this.#weights.set(name, Math.ceil(smoothed));
  }

  observeIfKnown(name: string, weight: number): void {
    if (this.#weights.has(name)) this.observe(name, weight);
  }

  /** A manager has said who the managers are: the others are forgotten (swarmkit agent/agent.go, handleSessionMessage). */
  replace(names: readonly string[]): void {
    for (const name of names) this.observe(name, OBSERVATION);
    for (const name of [...this.#weights.keys()]) if (!names.includes(name)) this.#weights.delete(name);
  }

  checkpoint(): readonly (readonly [string, number])[] {
    return [...this.#weights];
  }
}

function clip(weight: number): number {
  return Math.max(-HEAVIEST, Math.min(HEAVIEST, weight));
}
