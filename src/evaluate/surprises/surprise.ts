import type { Instant } from '../../base/index.ts';
import type { ServiceStory, Story } from './story.ts';

/** Something that Swarm did, and its user probably did not expect. */
export interface Recognised {
  /** When it showed. */
  readonly at: Instant;
  /** What happened, with numbers. */
  readonly text: string;
}

/** A new one is a file in this folder, a line in its index and a row in `docs/findings/surprises.md`. */
export interface Surprise {
  /** Stable, in kebab-case. */
  readonly code: string;
  /** The rule of Swarm behind it, in one sentence. */
  readonly rule: string;
  recognise(service: ServiceStory, story: Story): Recognised | undefined;
}

/** The same of the managers, which is about no service. */
export interface ManagersSurprise extends Pick<Surprise, 'code' | 'rule'> {
  recognise(story: Story): Recognised | undefined;
}
