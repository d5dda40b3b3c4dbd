import { describe, expect, it } from 'vitest';
import { contains, equalAddresses, parseAddress, parseNetwork } from '../../../../src/manager/constraint/address.ts';

function within(network: string, address: string): boolean {
  return contains(parseNetwork(network)!, parseAddress(address));
}

describe('an address', () => {
  it.each(['1.2.3.4', '0.0.0.0', '::', '::1', '1::', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '1::2:3.4.5.6', 'FE80::a'])(
    '%s is one',
    (text) => {
      expect(parseAddress(text)).toHaveLength(16);
    },
  );

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    '1.2.3.4:80',
    '[::1]',
    'fe80::1%eth0',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '12345::',
    '1.2.3.4::',
    '::1.2.3',
    ':1',
    '1:',
  ])('%s is none', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it('is the same in IPv4 and in its mapped form', () => {
    expect(equalAddresses(parseAddress('10.1.2.3')!, parseAddress('::ffff:a01:203'))).toBe(true);
    expect(equalAddresses(parseAddress('10.1.2.3')!, parseAddress('::10.1.2.3'))).toBe(false);
  });
});

describe('a network', () => {
  it('has the addresses that agree in its leading bits', () => {
    expect(within('210.8.4.0/24', '210.8.4.255')).toBe(true);
    expect(within('210.8.4.0/24', '210.8.5.0')).toBe(false);
    expect(within('10.128.0.0/9', '10.127.0.0')).toBe(false);
    expect(within('2001:db8::/33', '2001:db8:7fff::1')).toBe(true);
    expect(within('2001:db8::/33', '2001:db8:8000::1')).toBe(false);
  });

  it('may be written with host bits and leading zeros in its length', () => {
    expect(within('10.1.2.3/08', '10.9.9.9')).toBe(true);
  });

  it('of IPv6 has an IPv4 address only if it keeps the mapping prefix whole', () => {
    expect(within('::ffff:10.0.0.0/104', '10.1.2.3')).toBe(true);
    expect(within('::/0', '10.1.2.3')).toBe(false);
    expect(within('::ffff:0:0/90', '10.1.2.3')).toBe(false);
    expect(within('0.0.0.0/0', '::1')).toBe(false);
  });

  it.each(['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/8/8', '::/129', 'x/8', '/8'])(
    '%s is none',
    (text) => {
      expect(parseNetwork(text)).toBeUndefined();
    },
  );
});
