import { ConvertProblem } from './problem.ts';

/**
 * A number of CPUs in nano CPUs, read as an exact fraction: `0.5`, `1e-3` or `1/2`. (cli opts.ParseCPUs)
 *
 * @throws ConvertProblem for what is no number and for what is not a whole number of nano CPUs.
 */
export function nanoCpusOf(text: string, path: readonly string[]): number {
  const match = /^([-+]?)(\d+|\d*\.\d+|\d+\.)(?:[eE]([-+]?\d{1,3})|\/(\d+))?$/.exec(text);
  const [, sign = '', digits = '', exponent = '0', divisor = '1'] = match ?? [];
  const isFraction = match?.[4] !== undefined;
  if (!match || (isFraction && (digits.includes('.') || BigInt(divisor) === 0n))) {
    throw new ConvertProblem(`failed to parse ${text} as a rational number`, path);
  }
  const [whole = '', fraction = ''] = digits.split('.');
  const power = Number(exponent) - fraction.length + 9;
  const numerator = BigInt(whole + fraction) * 10n ** BigInt(Math.max(power, 0));
  const denominator = BigInt(divisor) * 10n ** BigInt(Math.max(-power, 0));
  if (numerator % denominator !== 0n) throw new ConvertProblem('value is too precise', path);
  return Number(sign === '-' ? -(numerator / denominator) : numerator / denominator);
}
