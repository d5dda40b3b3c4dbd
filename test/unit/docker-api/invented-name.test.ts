import { expect, test } from 'vitest';
import { inventedName } from '../../../src/docker-api/invented-name.ts';

test('a name is invented from its subject, and never one that is taken', () => {
  const first = inventedName('subject', new Set());
  const second = inventedName('subject', new Set([first]));

  expect(inventedName('subject', new Set())).toBe(first);
  expect(second).not.toBe(first);
  expect(second).toMatch(/^[a-z]+_[a-z]+$/);
});

test('there is a name even when all are taken', () => {
  const taken = { has: () => true, size: 7 } as unknown as ReadonlySet<string>;

  expect(inventedName('subject', taken)).toMatch(/^[a-z]+_[a-z]+7$/);
});
