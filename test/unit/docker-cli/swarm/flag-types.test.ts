import { describe, expect, test } from 'vitest';
import { DockerSession } from '../../../support/docker-session.ts';

/** What `swarm init` with this flag sends, or what it says instead. */
function sent(flag: string, files: Record<string, string> = {}): Record<string, unknown> | string {
  const session = new DockerSession();
  const { stderr } = session.type(`swarm init ${flag}`, { files });
  return (session.lastBody as Record<string, unknown> | undefined) ?? stderr.split('\n', 1)[0]!;
}

describe('an address to listen on', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1:2377'],
    ['10.0.0.1:4000', '10.0.0.1:4000'],
    [':4000', '0.0.0.0:4000'],
    ['::1', '[::1]:2377'],
    ['[::1]:4000', '[::1]:4000'],
  ])('%s is %s', (text, address) => {
    expect(sent(`--listen-addr ${text}`)).toMatchObject({ ListenAddr: address });
  });

  test.each([
    ['x:y', 'parse "tcp://x:y": invalid port ":y" after host'],
    ['"a b"', 'parse "tcp://a b": invalid character " " in host name'],
    ['[::1]', 'invalid bind address format: [::1]'],
  ])('%s is refused', (text, reason) => {
    expect(sent(`--listen-addr ${text}`)).toBe(
      `invalid argument ${JSON.stringify(text.replaceAll('"', ''))} for "--listen-addr" flag: ${reason}`,
    );
  });
});

test.each([
  ['10.0.0.0/8', ['10.0.0.0/8']],
  ['10.1.2.3/12,192.168.77.0/23', ['10.0.0.0/12', '192.168.76.0/23']],
  ['fd00::/8', ['fd00::/8']],
  ['""', []],
])('the pools %s are %j', (text, pools) => {
  expect(sent(`--default-addr-pool ${text}`)).toMatchObject({ DefaultAddrPool: pools });
});

test.each([
  ['TUlJQg==', true],
  ['TUlJQ', false],
  ['!!!!', false],
])('a certificate with %s is one: %s', (base64, isPem) => {
  const files = { 'ca.pem': `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n` };
  const outcome = sent('--external-ca protocol=cfssl,url=https://x,cacert=ca.pem', files);
  if (isPem) expect(outcome).toMatchObject({ Spec: { CAConfig: { ExternalCAs: [{ CACert: files['ca.pem'] }] } } });
  else expect(outcome).toContain('CA cert for external CA must be in PEM format');
});
