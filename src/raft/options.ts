import { DryswarmError, utf8Bytes } from '../base/index.ts';
import type { MemberId } from './entry.ts';

/** How a member is set up. The defaults are Swarm's; in brackets etcd-io/raft's name for the same. */
export interface RaftOptions<D = string> {
  /** Its raft id, more than 0 [ID]. */
  readonly id: MemberId;
  /**
   * A random whole number from 0 up to and not including `below`, drawn once for each election timeout. Members
   * that always draw alike split their votes for ever.
   */
  readonly random: (below: number) => number;
  /**
   * Ticks without word from a leader after which a follower may stand for election; each waits from this many to
   * one less than twice as many [ElectionTick].
   * @defaultValue 10
   */
  readonly electionTicks?: number;
  /**
   * Ticks between a leader's heartbeats, fewer than `electionTicks` [HeartbeatTick].
   * @defaultValue 1
   */
  readonly heartbeatTicks?: number;
  /**
   * A leader that does not hear from a quorum steps down, and followers that hear a leader ignore candidates. Without
   * it, a leader that is cut off stays leader for ever [CheckQuorum].
   * @defaultValue true
   */
  readonly checkQuorum?: boolean;
  /**
   * Ask before an election whether it would succeed, so that a member that was cut off does not depose a healthy
   * leader on its return [PreVote].
   * @defaultValue false
   */
  readonly preVote?: boolean;
  /**
   * Bytes of entries in one append message, which takes at least one entry: 0 means one each, `Infinity` no limit
   * [MaxSizePerMsg].
   * @defaultValue 65535
   */
  readonly maxMessageBytes?: number;
  /**
   * Bytes of committed entries handed out at once [MaxCommittedSizePerReady].
   * @defaultValue the value of `maxMessageBytes`
   */
  readonly maxApplyingBytes?: number;
  /**
   * Append messages on their way to one member [MaxInflightMsgs].
   * @defaultValue 256
   */
  readonly maxInflightMessages?: number;
  /**
   * A leader that applies its own removal steps down at once, rather than lead on without a vote [StepDownOnRemoval].
   * @defaultValue false
   */
  readonly stepDownOnRemoval?: boolean;
  /**
   * Size of the data of an entry in bytes.
   * @defaultValue the length in UTF-8 of data that is a string, and 0 of any other
   */
  readonly sizeOf?: (data: D) => number;
}

/** The options of a member, complete and checked. */
export type Settings<D> = Required<RaftOptions<D>>;

/** @throws DryswarmError `raft-options` on a value outside of its range. */
export function settingsOf<D>(options: RaftOptions<D>): Settings<D> {
  const maxMessageBytes = options.maxMessageBytes ?? 65_535;
  const settings: Settings<D> = {
    id: options.id,
    random: options.random,
    electionTicks: options.electionTicks ?? 10,
    heartbeatTicks: options.heartbeatTicks ?? 1,
    checkQuorum: options.checkQuorum ?? true,
    preVote: options.preVote ?? false,
    maxMessageBytes,
    // Nothing would ever be applied within 0 bytes.
    maxApplyingBytes: options.maxApplyingBytes || maxMessageBytes,
    maxInflightMessages: options.maxInflightMessages ?? 256,
    stepDownOnRemoval: options.stepDownOnRemoval ?? false,
    sizeOf: options.sizeOf ?? ((data) => (typeof data === 'string' ? utf8Bytes(data) : 0)),
  };
  if (!Number.isSafeInteger(settings.id) || settings.id <= 0)
    throw refused(`id is a positive whole number, not ${settings.id}`);
  if (!(settings.heartbeatTicks > 0)) throw refused('heartbeatTicks must be greater than 0');
  if (!(settings.electionTicks > settings.heartbeatTicks))
    throw refused('electionTicks must be greater than heartbeatTicks');
  if (!(settings.maxInflightMessages > 0)) throw refused('maxInflightMessages must be greater than 0');
  return settings;
}

function refused(message: string): DryswarmError {
  return new DryswarmError('raft-options', `raft: ${message}`);
}
