/**
 * The transcendental functions that sampling needs, made of additions, multiplications and divisions alone. Those
 * are exact to the last bit in every engine, which the language does not promise of `Math.log` and its kin.
 */

/** The natural logarithm, for a positive number. Right to within two units in the last place. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let mantissa = x;
  let exponent = 0;
  // Multiplying by a power of two is exact.
  while (mantissa >= 2 ** 32) {
    mantissa *= 2 ** -32;
    exponent += 32;
  }
  while (mantissa < 2 ** -32) {
    mantissa *= 2 ** 32;
    exponent -= 32;
  }
  while (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  while (mantissa < Math.SQRT2 / 2) {
    mantissa *= 2;
    exponent -= 1;
  }
  // log m = 2 atanh((m - 1) / (m + 1)); the argument is below 0.172, so twelve terms of the series are enough.
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let power = 23; power > 1; power -= 2) sum = (sum + 1 / power) * square;
  return exponent * LN_TWO_HIGH + (2 * ratio * (sum + 1) + exponent * LN_TWO_LOW);
}

/** The exponential function. Right to within two units in the last place, down to 1e-300. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.79) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  const exponent = Math.floor(x / Math.LN2 + 0.5);
  const rest = x - exponent * LN_TWO_HIGH - exponent * LN_TWO_LOW;
  // The rest is below 0.347, so fourteen terms of the series are enough.
  let sum = 1;
  for (let term = 14; term > 0; term -= 1) sum = 1 + (sum * rest) / term;
  let result = sum;
  for (let left = exponent; left > 0; left -= 1) result *= 2;
  for (let left = exponent; left < 0; left += 1) result *= 0.5;
  return result;
}

/**
 * The quantile of the standard normal distribution for a probability in (0, 1), to about 16 digits.
 * (Wichura, "Algorithm AS 241: The percentage points of the normal distribution", 1988, PPND16)
 */
export function normalQuantile(probability: number): number {
  const centred = probability - 0.5;
  if (Math.abs(centred) <= 0.425) {
    const r = 0.180625 - centred * centred;
    return (centred * polynomial(MIDDLE_ABOVE, r)) / polynomial(MIDDLE_BELOW, r);
  }
  // A square root is, unlike a logarithm, exact to the last bit everywhere.
  const r = Math.sqrt(-log(centred < 0 ? probability : 1 - probability));
  const size =
    r <= 5
      ? polynomial(TAIL_ABOVE, r - 1.6) / polynomial(TAIL_BELOW, r - 1.6)
      : polynomial(FAR_TAIL_ABOVE, r - 5) / polynomial(FAR_TAIL_BELOW, r - 5);
  return centred < 0 ? -size : size;
}

/** ln 2 in two parts: the high one times any exponent of a double is exact. */
const LN_TWO_HIGH = 0.6931471803691238;
const LN_TWO_LOW = 1.9082149292705877e-10;

/** Coefficients from the highest power down. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

const MIDDLE_ABOVE = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
];
const MIDDLE_BELOW = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
];
const TAIL_ABOVE = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const TAIL_BELOW = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const FAR_TAIL_ABOVE = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
  1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const FAR_TAIL_BELOW = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
  0.1369298809227358, 0.599832206555888, 1,
];
