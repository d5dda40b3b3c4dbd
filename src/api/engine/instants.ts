import type { Instant } from '../../base/index.ts';

/** How instants of the simulation become dates. */
export interface EpochOption {
  /** The Unix time of the simulation's start, in milliseconds. Default {@link DEFAULT_EPOCH_MS}. */
  readonly epochMs?: number;
}

/** 2024-01-01T00:00:00Z: without an epoch of its own, every simulation starts at this moment. */
export const DEFAULT_EPOCH_MS = 1_704_067_200_000;

/** An instant as RFC 3339 text in UTC, with as many decimals as it needs. */
export function toRfc3339(instant: Instant, { epochMs = DEFAULT_EPOCH_MS }: EpochOption = {}): string {
  const wholeMs = Math.floor(instant / 1000);
  const micros = String(instant - wholeMs * 1000).padStart(3, '0');
  const text = new Date(epochMs + wholeMs).toISOString().replace('Z', micros);
  return `${text.replace(/\.?0+$/, '')}Z`;
}
