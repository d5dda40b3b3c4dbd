/** A dispatcher's timers by their names: what is due, and for whom. */

export const BATCH_DUE = 'batch';

type TimerKind = 'node' | 'down' | 'assignments';

/** Node ids hold no spaces. */
export function timerOf(kind: TimerKind, nodeId: string, session?: number): string {
  return session === undefined ? `${kind} ${nodeId}` : `${kind} ${nodeId} ${session}`;
}

export function parseTimer(timer: string): {
  readonly kind: string;
  readonly nodeId: string;
  readonly session: number;
} {
  const [kind = '', nodeId = '', session] = timer.split(' ');
  return { kind, nodeId, session: Number(session) };
}
