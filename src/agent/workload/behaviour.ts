/** The contract of a behaviour: one entry in an image's definition, and what it makes of the image's containers. */
import type { Task } from '../../api/index.ts';
import type { Micros } from '../../base/index.ts';
import { type Distribution, sampleDuration } from '../../sim/index.ts';
import type { Creation, ImageConfig, Probe, ProbeRequest, Pull, PullRequest, Run } from '../engine/workload.ts';

/** Whose behaviour is asked for. */
export interface Subject {
  readonly task: Task;
  readonly image: string;
  /** The node's name. */
  readonly node: string;
  /** Which task of its slot with this image, counted from 1. */
  readonly attempt: number;
  /** Which task of its service with this image, counted from 1. */
  readonly nth: number;
  /**
   * Chance for one purpose. It depends on service, slot, attempt and purpose alone, so two variants of a run meet the
   * same luck whatever else they do differently.
   */
  luck(purpose: string): () => number;
}

/**
 * `Input` is what a user writes, `Options` what is kept of it: plain data. Each hook gets what the behaviours before
 * it have made, and returns what it makes of that.
 */
export interface Behaviour<Input = unknown, Options = unknown> {
  /** Its key in a definition. */
  readonly name: string;
  /** @throws DryswarmError for an input that makes no sense. */
  read(input: Input): Options;
  readonly image?: (options: Options, config: ImageConfig) => ImageConfig;
  readonly pull?: (options: Options, pull: Pull, request: PullRequest, subject: Subject) => Pull;
  readonly create?: (options: Options, creation: Creation, subject: Subject) => Creation;
  readonly run?: (options: Options, run: Run, subject: Subject) => Run;
  readonly probe?: (options: Options, probe: Probe, request: ProbeRequest, subject: Subject) => Probe;
}

/** Keeps the types of a behaviour while it is written, and forgets them where it is listed with others. */
export function defineBehaviour<Input, Options>(behaviour: Behaviour<Input, Options>): Behaviour {
  return behaviour as Behaviour;
}

export function draw(distribution: Distribution, subject: Subject, purpose: string): Micros {
  return sampleDuration(distribution, subject.luck(purpose));
}
