/** What a log holds: entries, the membership changes among them, and how large they are on the wire. */

/** A member's raft id: a positive safe integer. Swarm never uses an id twice. */
export type MemberId = number;

/** Stands for "no member" wherever a {@link MemberId} may be missing: no vote yet, no known leader. */
export const NONE: MemberId = 0;

/**
 * One member added or removed. `update` announces new details of a member (Swarm: its address) and changes no
 * membership.
 */
export interface ConfChange {
  readonly kind: 'add' | 'remove' | 'update';
  readonly member: MemberId;
}

/** What a proposal asks to have appended, before a leader gives it its place in the log. */
export type Payload<D> =
  | { readonly kind: 'normal'; readonly data: D | undefined; readonly bytes: number }
  | { readonly kind: 'conf-change'; readonly change: ConfChange; readonly bytes: number };

/** An entry with the application's data; without any where a new leader opens its term or refuses a change. */
export interface NormalEntry<D> {
  readonly kind: 'normal';
  readonly term: number;
  readonly index: number;
  readonly data: D | undefined;
  /** Size of `data`; 0 without data. */
  readonly bytes: number;
}

export interface ConfChangeEntry {
  readonly kind: 'conf-change';
  readonly term: number;
  readonly index: number;
  readonly change: ConfChange;
  /** Size of the encoded change. */
  readonly bytes: number;
}

/** One place in the log. Entries are never changed, so members, messages and checkpoints share them. */
export type Entry<D> = NormalEntry<D> | ConfChangeEntry;

/** The payload of an entry that says nothing. */
export const EMPTY_PAYLOAD: Payload<never> = { kind: 'normal', data: undefined, bytes: 0 };

/** A membership change as a payload, sized as etcd-io/raft encodes it (raftpb/raft.proto, ConfChange). */
export function confChangePayload(change: ConfChange): Payload<never> {
  // Its own id and its type take two bytes each, the member's id a tag and a varint.
  return { kind: 'conf-change', change, bytes: 5 + varintBytes(change.member) };
}

/** Gives a payload its place in the log. */
export function entryAt<D>(payload: Payload<D>, term: number, index: number): Entry<D> {
  return payload.kind === 'normal'
    ? { kind: 'normal', term, index, data: payload.data, bytes: payload.bytes }
    : { kind: 'conf-change', term, index, change: payload.change, bytes: payload.bytes };
}

/** Size of an entry on the wire, which is what the limits on messages count (raftpb/raft.proto, Entry). */
export function encodedBytes(entry: Entry<unknown>): number {
  const data = entry.bytes === 0 ? 0 : 1 + varintBytes(entry.bytes) + entry.bytes;
  return 2 + (1 + varintBytes(entry.term)) + (1 + varintBytes(entry.index)) + data;
}

/** Size of several entries together. */
export function encodedBytesOf(entries: readonly Entry<unknown>[]): number {
  let total = 0;
  for (const entry of entries) total += encodedBytes(entry);
  return total;
}

/** Bytes of a whole number in base 128. */
function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}
