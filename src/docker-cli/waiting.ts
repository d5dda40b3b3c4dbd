import type { CommandContext } from './command.ts';

/** Looks again and again, letting time pass in between. False where the user lost patience first. */
export function pollUntil(context: CommandContext, everyMs: number, isDone: () => boolean): boolean {
  const start = context.now();
  while (!isDone()) {
    if (context.now() - start + everyMs > context.patienceMs) return false;
    context.client.wait(everyMs);
  }
  return true;
}
