import type { ServiceSpec } from '../../api/index.ts';
import type { ImageDefinition, Swarm } from '../../swarm/index.ts';

/** One thing that may become of a release; the battery has many. */
export interface RolloutCase {
  /** Stable: tokens name it. */
  readonly id: string;
  /** The situation, as the rest of "what if ...". */
  readonly describe: string;
  /** How the new image behaves; absent: the release brings no new image. */
  readonly next?: ImageDefinition;
  /** How the image that runs before behaves, where it is not good. */
  readonly now?: ImageDefinition;
  /** Nothing runs before: the first deployment. The image of the files behaves as `next` says. */
  readonly isFirst?: true;
  /** It never comes to rest, and is not waited for. */
  readonly failsForGood?: true;
  readonly managers?: number;
  /** A node with a task is lost. Where that would take the managers along, it is played where the leader has none. */
  readonly losesNode?: true;
  /** What is done by hand after the deployment. */
  meanwhile?(swarm: Swarm, subject: RolloutSubject): void;
}

/** What a case may know of the service under way. */
export interface RolloutSubject {
  /** The service's name in the swarm. */
  readonly name: string;
  readonly spec: ServiceSpec;
  readonly newImage: string;
  /** How a good image of the service behaves. */
  readonly good: ImageDefinition;
  /** Deploys the files once more. */
  deployAgain(): void;
}
