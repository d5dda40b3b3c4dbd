export { assert, unreachable } from './assert.ts';
export { compareNumber, compareText, deepEqual } from './compare.ts';
export { copyState } from './copy.ts';
export { ApiError, DryswarmError, InvariantError, LimitError, type StatusCode } from './errors.ts';
export {
  type DurationInput,
  hours,
  type Instant,
  MICROS_PER_MILLI,
  MICROS_PER_SECOND,
  type Micros,
  microsOf,
  millis,
  minutes,
  NANOSECONDS_PER_MICRO,
  type Nanoseconds,
  nanosOf,
  seconds,
} from './time.ts';
export { utf8Bytes } from './utf8.ts';
