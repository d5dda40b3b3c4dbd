import { expect, test } from 'vitest';
import { utf8Bytes } from '../../../src/base/index.ts';

test.each(['', 'abc', 'é', '€', '😀', 'a😀é€\u{10ffff}'])(
  'the length of %j in UTF-8 is what an encoder makes of it',
  (text) => {
    expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
  },
);
