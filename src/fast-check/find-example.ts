import fc from 'fast-check';
import { DryswarmError } from '../base/index.ts';

/**
 * The simplest value of which something holds: a scenario in which an update gets stuck, say.
 *
 * @throws DryswarmError (`no-example`) where none was found.
 *
 * @example
 * const stuck = findExample(scenarios({ maxSteps: 2 }), (scenario) => scenario.run().service().outcome === 'stuck');
 * console.log(String(stuck));
 */
export function findExample<T>(
  arbitrary: fc.Arbitrary<T>,
  holds: (value: T) => boolean,
  parameters: fc.Parameters<[T]> = {},
): T {
  let raised: { readonly error: unknown } | undefined;
  const isNone = (value: T) => {
    try {
      return !holds(value);
    } catch (error) {
      raised = { error };
      throw error;
    }
  };
  const found = fc.check(fc.property(arbitrary, isNone), parameters);
  if (raised) throw raised.error;
  if (found.counterexample) return found.counterexample[0];
  throw new DryswarmError(
    'no-example',
    `none of ${found.numRuns} tries is an example`,
    'try more often with numRuns, or draw from what is nearer to it',
  );
}
