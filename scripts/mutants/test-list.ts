type Run = (...values: unknown[]) => unknown;

/** Collects tests instead of running them: as much of vitest as is needed where there is one process for many runs. */
export class TestList {
  readonly tests: (() => unknown)[] = [];

  readonly test = Object.assign(
    (_title: string, ...rest: readonly unknown[]) => void this.tests.push(functionIn(rest)),
    {
      each:
        (cases: readonly unknown[]) =>
        (_title: string, ...rest: readonly unknown[]) => {
          const run = functionIn(rest);
          for (const values of cases) this.tests.push(() => (Array.isArray(values) ? run(...values) : run(values)));
        },
    },
  );

  readonly describe = (_title: string, ...rest: readonly unknown[]) => functionIn(rest)();
}

/** Options may stand before it, and a time limit after it. */
function functionIn(rest: readonly unknown[]): Run {
  return rest.find((value) => typeof value === 'function') as Run;
}
