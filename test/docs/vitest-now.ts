/** Stands in for vitest where a page shows a test: its body runs at once. */
export { expect } from 'vitest';

export function test(_title: string, body: () => void): void {
  body();
}
