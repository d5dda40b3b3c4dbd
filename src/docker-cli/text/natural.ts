/** Natural order as the client sorts names: runs of digits as numbers, digits before other characters. */
export function compareNatural(left: string, right: string): number {
  // Code points compare like UTF-8 bytes, which is what the original compares (github.com/fvbommel/sortorder).
  const a = tokens(left);
  const b = tokens(right);
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareToken(a[at]!, b[at]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function tokens(text: string): string[] {
  return text.match(/\d+|[^\d]/gsu) ?? [];
}

function compareToken(a: string, b: string): number {
  const isNumber = isDigits(a);
  if (isNumber !== isDigits(b)) return isNumber ? -1 : 1;
  if (!isNumber) return a.codePointAt(0)! - b.codePointAt(0)!;
  const significantA = a.replace(/^0+/, '');
  const significantB = b.replace(/^0+/, '');
  if (significantA.length !== significantB.length) return significantA.length - significantB.length;
  if (significantA !== significantB) return significantA < significantB ? -1 : 1;
  return a.length - b.length;
}

function isDigits(token: string): boolean {
  return /^[0-9]/.test(token);
}
