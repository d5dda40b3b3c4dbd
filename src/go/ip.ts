/** The canonical form of an IP address (`::1`, `10.0.0.1`), or undefined where the text is none (Go's net.ParseIP). */
export function canonicalIp(text: string): string | undefined {
  if (!text.includes(':')) return isIpv4(text) ? text : undefined;
  const groups = ipv6Groups(text);
  if (!groups) return undefined;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  return formatIpv6(groups);
}

/** `0.0.0.0` and `::` in any notation: every address of the host. */
export function isUnspecified(text: string): boolean {
  return ['0.0.0.0', '::'].includes(canonicalIp(text) ?? '');
}

function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

function ipv6Groups(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').flatMap(expandIpv4)));
  const given = [...head!, ...(tail ?? [])];
  if (given.some((group) => !/^[\da-f]{1,4}$/i.test(group))) return undefined;
  const missing = 8 - given.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...head!, ...Array<string>(missing).fill('0'), ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
}

/** The last group may be an IPv4 address. */
function expandIpv4(group: string): string[] {
  if (!group.includes('.')) return [group];
  if (!isIpv4(group)) return ['invalid'];
  const [a, b, c, d] = group.split('.').map(Number) as [number, number, number, number];
  return [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)];
}

/** The longest run of zeros (at least two) becomes `::`. */
function formatIpv6(groups: readonly number[]): string {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at += 1) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length += 1;
    if (length > best.length) best = { at, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.at < 0) return hex.join(':');
  return `${hex.slice(0, best.at).join(':')}::${hex.slice(best.at + best.length).join(':')}`;
}
