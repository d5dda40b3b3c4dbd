import { format } from 'node:util';
import { vi } from 'vitest';

/** What `console.log` is given meanwhile. */
export async function printedBy(act: () => Promise<unknown>): Promise<string> {
  let text = '';
  const spy = vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => {
    text += `${format(...values)}\n`;
  });
  try {
    await act();
    return text;
  } finally {
    spy.mockRestore();
  }
}
