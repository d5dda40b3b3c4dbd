import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../src/base/index.ts';
import { labelOf, nodeMatches, parseConstraints } from '../../../../src/manager/constraint/index.ts';
import { type NodeDescription, nodeFrom } from '../../../support/scheduler-objects.ts';

function matches(expression: string, node: Omit<NodeDescription, 'id'> = {}): boolean {
  const stored = { ...nodeFrom({ id: 'n1', ...node }), version: 1, createdAt: 0, updatedAt: 0 };
  return nodeMatches(parseConstraints([expression]), stored);
}

describe('a constraint expression', () => {
  it('is split at the first == wherever it stands, before any !=', () => {
    expect(parseConstraints(['node.id != a'])).toEqual([{ key: 'node.id', operator: '!=', value: 'a' }]);
    expect(() => parseConstraints(['node.id != a==b'])).toThrow("key 'node.id != a' is invalid");
  });

  it('is refused as an invalid argument, and the first bad one of a list decides', () => {
    const parse = (): unknown => parseConstraints(['node.id == ok', 'node.id', 'x == y']);

    expect(parse).toThrow(ApiError);
    expect(parse).toThrow(expect.objectContaining({ status: 'InvalidArgument' }));
    expect(parse).toThrow('constraint expected one operator from ==, !=');
  });

  it('is trimmed by Go’s idea of white space: U+0085 counts, the byte order mark does not', () => {
    expect(parseConstraints(['\u0085node.id\u3000==\u00a0a\v'])).toEqual([
      { key: 'node.id', operator: '==', value: 'a' },
    ]);
    expect(() => parseConstraints(['\ufeffnode.id == a'])).toThrow("key '\ufeffnode.id' is invalid");
  });

  it('may hold white space inside its value, but no vertical tab', () => {
    expect(parseConstraints(['node.id == a\t\n\f\r b'])[0]?.value).toBe('a\t\n\f\r b');
    expect(() => parseConstraints(['node.id == a\vb'])).toThrow('is invalid');
  });

  it('takes the long s and the Kelvin sign for letters, and folds them', () => {
    expect(matches('node.ho\u017ftname == \u212aind', { hostname: 'Kind' })).toBe(true);
    expect(matches('node.hostname == disk', { hostname: 'di\u017f\u212a' })).toBe(true);
  });

  it('does not fold other letters of the node’s value', () => {
    expect(matches('node.hostname == i', { hostname: '\u0130' })).toBe(false);
  });
});

describe('matching', () => {
  it('reads the name of a label exactly and its prefix in any case', () => {
    expect(matches('NODE.Labels.Tier == FRONT', { labels: { Tier: 'front' } })).toBe(true);
    expect(matches('node.labels.tier == front', { labels: { Tier: 'front' } })).toBe(false);
  });

  it('does not fold the long s in a prefix, which Go cuts off by bytes', () => {
    expect(matches('node.label\u017f.tier == front', { labels: { tier: 'front' } })).toBe(false);
    expect(matches('node.label\u017f.tier != front', { labels: { tier: 'front' } })).toBe(false);
  });

  it('takes a missing label for an empty one, even one named like a property of every object', () => {
    expect(matches('node.labels.tier != front')).toBe(true);
    expect(matches('node.labels.constructor != x')).toBe(true);
    expect(matches('node.labels.tier == front')).toBe(false);
  });

  it('never matches a key that Swarm does not know, whatever the operator', () => {
    expect(matches('node.rack == 1')).toBe(false);
    expect(matches('node.rack != 1')).toBe(false);
    expect(matches('node.labels. != 1')).toBe(false);
  });

  it('compares the role in effect', () => {
    expect(matches('node.role == Manager', { role: 'manager' })).toBe(true);
    expect(matches('node.role != manager', { role: 'worker' })).toBe(true);
  });

  it('does not take x86_64 for amd64', () => {
    expect(matches('node.platform.arch == amd64', { platform: { os: 'linux', arch: 'x86_64' } })).toBe(false);
  });

  it('never matches a malformed node.ip, not even with !=', () => {
    expect(matches('node.ip != 10.0.0', { addr: '10.0.0.1' })).toBe(false);
    expect(matches('node.ip != 10.0.0.0/33', { addr: '10.0.0.1' })).toBe(false);
  });

  it('takes a node without a usable address for one that has another address', () => {
    expect(matches('node.ip != 10.0.0.1', { addr: 'host:2377' })).toBe(true);
    expect(matches('node.ip == 10.0.0.0/8', { addr: '' })).toBe(false);
  });
});

describe('the label that a spread descriptor names', () => {
  const node = {
    ...nodeFrom({ id: 'n1', labels: { a: '1' }, engine: { labels: { b: '2' } } }),
    version: 1,
    createdAt: 0,
    updatedAt: 0,
  };

  it('is a node label or an engine label, or none at all', () => {
    expect(labelOf(node, 'node.labels.a')).toBe('1');
    expect(labelOf(node, 'Engine.Labels.b')).toBe('2');
    expect(labelOf(node, 'node.labels.b')).toBe('');
    expect(labelOf(node, 'node.labels.')).toBeUndefined();
    expect(labelOf(node, 'node.hostname')).toBeUndefined();
  });
});
