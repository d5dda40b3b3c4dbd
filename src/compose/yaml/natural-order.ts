/**
 * The order of keys that Go's YAML writes: digits as numbers, letters after other characters except behind digits. Two
 * different keys never compare as equal. (go.yaml.in/yaml/v3 sorter.go)
 */
export function naturalOrder(left: string, right: string): number {
  if (left === right) return 0;
  return isLess([...left], [...right]) ? -1 : 1;
}

function isLess(a: readonly string[], b: readonly string[]): boolean {
  let inDigits = false;
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const [left, right] = [a[index]!, b[index]!];
    if (left === right) {
      inDigits = isDigit(left);
      continue;
    }
    const [leftIsLetter, rightIsLetter] = [isLetter(left), isLetter(right)];
    if (leftIsLetter && rightIsLetter) return codeOf(left) < codeOf(right);
    if (leftIsLetter || rightIsLetter) return inDigits ? leftIsLetter : rightIsLetter;
    return isLessNumber(a, b, index);
  }
  return a.length < b.length;
}

function isLessNumber(a: readonly string[], b: readonly string[], start: number): boolean {
  // Behind a digit other than zero, a zero counts as much as any digit.
  let prefix = 0n;
  if (a[start] === '0' || b[start] === '0') {
    for (let index = start - 1; index >= 0 && isDigit(a[index]!); index -= 1) {
      if (a[index] !== '0') {
        prefix = 1n;
        break;
      }
    }
  }
  const left = readNumber(a, start, prefix);
  const right = readNumber(b, start, prefix);
  if (left.value !== right.value) return left.value < right.value;
  if (left.end !== right.end) return left.end < right.end;
  return codeOf(a[start]!) < codeOf(b[start]!);
}

function readNumber(chars: readonly string[], start: number, prefix: bigint): { value: bigint; end: number } {
  let value = prefix;
  let end = start;
  for (; end < chars.length && isDigit(chars[end]!); end += 1) {
    value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(chars[end]!) - codeOf('0')));
  }
  return { value, end };
}

function isDigit(char: string): boolean {
  return /^\p{Nd}$/u.test(char);
}

function isLetter(char: string): boolean {
  return /^\p{L}$/u.test(char);
}

function codeOf(char: string): number {
  return char.codePointAt(0)!;
}
