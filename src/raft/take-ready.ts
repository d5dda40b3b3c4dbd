/** What a member has to do, handed out and taken back (etcd-io/raft rawnode.go, Ready, acceptReady and Advance). */
import type { Machine } from './machine.ts';
import type { Message } from './messages.ts';
import type { HardState, Ready, SoftState } from './ready.ts';
import { stepMessage } from './step.ts';

/** What the ready that waits for its advance will then have brought about. */
export interface OutstandingReady<D, S> {
  /** The member's own votes and acknowledgements. */
  readonly messagesToSelf: readonly Message<D, S>[];
  /** 0 without a snapshot. */
  readonly snapshotIndex: number;
  /** 0 where nothing was handed out to be applied. */
  readonly appliedIndex: number;
  readonly appliedBytes: number;
}

/** Whether there is anything to hand out, to a driver that was told `soft` and `hard` before. */
export function hasWork<D, S>(machine: Machine<D, S>, soft: SoftState, hard: HardState): boolean {
  const { log, outbox, outboxAfterWrite } = machine;
  return (
    outbox.length > 0 ||
    outboxAfterWrite.length > 0 ||
    log.hasUnstored() ||
    log.hasAppliable() ||
    log.unstoredSnapshot() !== undefined ||
    softStateChanged(machine, soft) ||
    hardStateChanged(machine, hard)
  );
}

export function takeReady<D, S>(
  machine: Machine<D, S>,
  soft: SoftState,
  hard: HardState,
): { readonly ready: Ready<D, S>; readonly outstanding: OutstandingReady<D, S> } {
  const { log, term, vote, role, leader, outbox: messages, outboxAfterWrite } = machine;
  const entries = log.unstored();
  const snapshot = log.unstoredSnapshot();
  const committed = log.appliable();
  const messagesToSelf: Message<D, S>[] = [];
  for (const message of outboxAfterWrite) {
    (message.to === machine.settings.id ? messagesToSelf : messages).push(message);
  }
  machine.outbox = [];
  machine.outboxAfterWrite = [];
  return {
    ready: {
      softState: softStateChanged(machine, soft) ? { role, leader } : undefined,
      hardState: hardStateChanged(machine, hard) ? { term, vote, commit: log.committed } : undefined,
      snapshot,
      entries,
      messages,
      committed,
      mustSync: entries.length > 0 || term !== hard.term || vote !== hard.vote,
    },
    outstanding: {
      messagesToSelf,
      snapshotIndex: snapshot?.index ?? 0,
      appliedIndex: committed[committed.length - 1]?.index ?? 0,
      appliedBytes: log.noteHandedOut(committed),
    },
  };
}

export function finishReady<D, S>(machine: Machine<D, S>, outstanding: OutstandingReady<D, S>): void {
  for (const message of outstanding.messagesToSelf) stepMessage(machine, message);
  if (outstanding.snapshotIndex > 0) machine.log.noteSnapshotApplied(outstanding.snapshotIndex);
  if (outstanding.appliedIndex > 0) machine.log.noteApplied(outstanding.appliedIndex, outstanding.appliedBytes);
}

function softStateChanged<D, S>({ role, leader }: Machine<D, S>, known: SoftState): boolean {
  return known.role !== role || known.leader !== leader;
}

function hardStateChanged<D, S>({ term, vote, log }: Machine<D, S>, known: HardState): boolean {
  return known.term !== term || known.vote !== vote || known.commit !== log.committed;
}
