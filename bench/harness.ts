/**
 * Rivals race in one process, in turn, and by the processor's time, not the clock's: a slow or busy machine slows all
 * of them alike, and what is held against a goal is the median of the ratios of neighbouring rounds.
 */

export interface Rival {
  readonly name: string;
  /** How many operations one round does. */
  readonly operations: number;
  /** Makes a fresh subject, untimed; what it returns is one round, timed. */
  readonly prepare: () => () => void;
}

export interface Results {
  /** The median cost of an operation, in nanoseconds. */
  cost(name: string): number;
  /** How many times as much as `base` an operation of `name` costs: the median of the rounds. */
  ratio(name: string, base: string): number;
}

export function race(rivals: readonly Rival[], { warmUps = 3, rounds = 15 } = {}): Results {
  const costs = new Map<string, number[]>(rivals.map(({ name }) => [name, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const { name, operations, prepare } of rivals) {
      const nanoseconds = timeOf(prepare());
      if (round >= 0) costs.get(name)!.push(nanoseconds / operations);
    }
  }
  const costsOf = (name: string) => {
    const found = costs.get(name);
    if (found === undefined) throw new Error(`no rival is called ${name}`);
    return found;
  };
  return {
    cost: (name) => median(costsOf(name)),
    ratio: (name, base) => {
      const bases = costsOf(base);
      return median(costsOf(name).map((cost, round) => cost / bases[round]!));
    },
  };
}

/** In nanoseconds, to the microsecond: rounds should take milliseconds. The work of the collector counts, too. */
function timeOf(round: () => void): number {
  const before = process.cpuUsage();
  round();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** `gate` fails the build when it is missed, `aim` is what we work towards. */
export interface Bound {
  readonly gate: number;
  readonly aim: number;
}

/** Holds measurements against goals, prints a line for each, and sets the exit code to 1 when a gate is missed. */
export const goals = {
  /** The measured ratio may not exceed the bound. */
  atMost(what: string, measured: number, bound: Bound): void {
    report(what, measured, bound, '<=', (limit) => measured <= limit);
  },

  /** The measured ratio must reach the bound. */
  atLeast(what: string, measured: number, bound: Bound): void {
    report(what, measured, bound, '>=', (limit) => measured >= limit);
  },
};

function report(what: string, measured: number, { gate, aim }: Bound, sign: string, holds: (limit: number) => boolean) {
  const verdict = holds(aim) ? 'aim reached' : holds(gate) ? 'gate held' : 'GATE MISSED';
  console.log(`${verdict.padEnd(12)} ${what}: ${measured.toFixed(2)}   gate ${sign} ${gate}, aim ${sign} ${aim}`);
  if (!holds(gate)) process.exitCode = 1;
}

/** One line of plain figures, for information. */
export function note(what: string, nanoseconds: number): void {
  console.log(`             ${what}: ${nanoseconds.toFixed(0)} ns`);
}
