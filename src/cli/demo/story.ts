/** A lesson at a simulated swarm: steps, each told as a page of text with what was typed and what happened. */
import { docker } from '../../docker-cli/index.ts';
import { createSwarm, formatTimeline, type Swarm, type SwarmOptions, timelineOf } from '../../swarm/index.ts';

export interface Story {
  readonly name: string;
  readonly title: string;
  readonly swarm: SwarmOptions;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly title: string;
  /** What to see here, and why it is so. */
  readonly lesson: string;
  /** What befalls the swarm. */
  act?(swarm: Swarm): void;
  /** What is typed afterwards: commands of the docker client, with the node whose daemon is asked. */
  readonly typed?: readonly (readonly [node: string, command: string])[];
}

/** Lives through the story. One seed tells it in one way. */
export function pagesOf({ title, swarm: options, steps }: Story, seed: number): string[] {
  const swarm = createSwarm({ ...options, seed });
  let told = 0;
  return steps.map((step, index) => {
    step.act?.(swarm);
    const typed = (step.typed ?? []).map(
      ([node, command]) => `${node}$ docker ${command}\n${docker(swarm, command, { on: node }).screen.trimEnd()}`,
    );
    const { records } = swarm.trace;
    const happened = formatTimeline(timelineOf(records.slice(told)));
    told = records.length;
    const heading = `${title}, ${index + 1} of ${steps.length}: ${step.title}`;
    return [heading, step.lesson, happened, ...typed].filter((part) => part !== '').join('\n\n');
  });
}
