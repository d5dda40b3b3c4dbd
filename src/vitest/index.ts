/**
 * Matchers for vitest, by a side-effect import, and a `test` with a swarm.
 *
 * @packageDocumentation
 */
import './extend.ts';

export type { DryswarmMatchers } from './extend.ts';
export { type SwarmFixtures, test } from './fixture.ts';
export type { KeptRunningOptions, StayedAvailableOptions, TimelinePattern } from './matchers/index.ts';
