/** An address as Go's net.ParseIP takes it: dotted decimal without leading zeros, or IPv6 without a zone. */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** `0.0.0.0` and `::` in any notation: every address of the host. */
export function isUnspecified(text: string): boolean {
  return /^[0:.]+$/.test(text) && isIpAddress(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1)!;
  const embedsIpv4 = isIpv4(last.at(-1) ?? '');
  if (embedsIpv4) last.splice(-1, 1, '0', '0');
  const all = groups.flat();
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? all.length < 8 : all.length === 8;
}
