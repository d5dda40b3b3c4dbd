/** `dryswarm demo`: lessons in the terminal, to be leafed through; all of it at once where nobody looks. */
import { Argument, Command } from 'commander';
import { numberUpTo } from '../rehearse.ts';
import type { Terminal } from '../terminal.ts';
import { leaderElection } from './leader-election.ts';
import { leafThrough } from './leaf-through.ts';
import { quorumLoss } from './quorum-loss.ts';
import { pagesOf } from './story.ts';

const STORIES = new Map([leaderElection, quorumLoss].map((story) => [story.name, story]));

export function demoCommand(io: Terminal): Command {
  return new Command('demo')
    .description('a lesson at a simulated swarm: step with the arrow keys, forward and back')
    .addArgument(new Argument('<story>', 'which one').choices([...STORIES.keys()]))
    .option('--seed <number>', 'tells it in another way', numberUpTo(Number.MAX_SAFE_INTEGER), 1)
    .action((name: string, { seed }: { readonly seed: number }) => {
      const pages = pagesOf(STORIES.get(name)!, seed);
      if (io.screen) leafThrough(pages, io.screen);
      else io.out(pages.join('\n\n\n'));
    });
}
