/**
 * IP addresses and networks as Go's net package reads them (net.ParseIP, net.ParseCIDR, IPNet.Contains). An address is
 * its sixteen bytes; an IPv4 address is the same as its IPv4-mapped IPv6 form.
 */
export type Address = readonly number[];

export interface IpNetwork {
  readonly address: Address;
  /** Leading bits that count, of the 32 or 128 that the text was written in. */
  readonly bits: number;
  readonly isV4: boolean;
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Undefined for anything that is not an address; one with a zone is not. */
export function parseAddress(text: string): Address | undefined {
  return /^[^:]*\./.test(text) ? parseV4Mapped(text) : parseV6(text);
}

/** `address/bits`. */
export function parseNetwork(text: string): IpNetwork | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const addressText = text.slice(0, slash);
  const bitsText = text.slice(slash + 1);
  const address = parseAddress(addressText);
  const isV4 = !addressText.includes(':');
  const bits = /^[0-9]+$/.test(bitsText) ? Number(bitsText) : Number.NaN;
  return address !== undefined && bits <= (isV4 ? 32 : 128) ? { address, bits, isV4 } : undefined;
}

export function equalAddresses(a: Address, b: Address | undefined): boolean {
  return b !== undefined && a.every((byte, index) => byte === b[index]);
}

/**
 * Whether the network has the address. A network written as IPv6 has an IPv4 address only if it leaves the mapping
 * prefix whole: `::ffff:10.0.0.0/104` has 10.1.2.3, `::/0` does not.
 */
export function contains(network: IpNetwork, address: Address | undefined): boolean {
  if (address === undefined) return false;
  const bits = network.isV4 ? network.bits + 8 * MAPPED.length : network.bits;
  if (isMapped(masked(network.address, bits)) !== isMapped(address)) return false;
  return equalAddresses(masked(network.address, bits), masked(address, bits));
}

function isMapped(address: Address): boolean {
  return MAPPED.every((byte, index) => byte === address[index]);
}

function masked(address: Address, bits: number): Address {
  return address.map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - 8 * index))) & 0xff);
}

function parseV4Mapped(text: string): Address | undefined {
  const bytes = parseV4(text);
  return bytes && [...MAPPED, ...bytes];
}

/** Four decimal fields without leading zeros. */
function parseV4(text: string): readonly number[] | undefined {
  const fields = text.split('.');
  if (fields.length !== 4 || !fields.every((field) => /^(0|[1-9][0-9]{0,2})$/.test(field))) return undefined;
  const bytes = fields.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** Eight hexadecimal fields; `::` stands for one or more of zeros; the last two may be written as IPv4. */
function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const sides = halves.map((half, index) => parseFields(half, index === halves.length - 1));
  const [head, tail] = sides;
  if (!head || (halves.length === 2 && !tail)) return undefined;
  if (!tail) return head.length === 16 ? head : undefined;
  const zeros = 16 - head.length - tail.length;
  return zeros >= 2 ? [...head, ...new Array<number>(zeros).fill(0), ...tail] : undefined;
}

function parseFields(text: string, mayEndInV4: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const fields = text.split(':');
  for (const [index, field] of fields.entries()) {
    if (/^[0-9A-Fa-f]{1,4}$/.test(field)) {
      const value = Number.parseInt(field, 16);
      bytes.push(value >> 8, value & 0xff);
      continue;
    }
    const v4 = mayEndInV4 && index === fields.length - 1 ? parseV4(field) : undefined;
    if (!v4) return undefined;
    bytes.push(...v4);
  }
  return bytes;
}
