import { ApiError } from '../base/index.ts';

/** Why a write was refused. */
export type StoreErrorReason = 'exist' | 'not-exist' | 'name-conflict' | 'sequence-conflict';

/** The store refused a write, in swarmkit's words (manager/state/store/memory.go). */
export class StoreError extends ApiError {
  readonly reason: StoreErrorReason;

  constructor(reason: StoreErrorReason) {
    const [status, message] = TEXTS[reason];
    super(status, message);
    this.reason = reason;
  }
}

// swarmkit's are bare errors, which reach a client with the code Unknown unless the control API translates them. A
// sequence conflict of a service or a node is not translated.
const TEXTS = {
  exist: ['AlreadyExists', 'object already exists'],
  'not-exist': ['NotFound', 'object does not exist'],
  'name-conflict': ['AlreadyExists', 'name conflicts with an existing object'],
  'sequence-conflict': ['Unknown', 'update out of sequence'],
} as const;
