import { defineBehaviour, draw } from './behaviour.ts';
import { distributionOf, type UncertainDuration } from './duration.ts';

/** How long a node's first pull of the image takes; further ones find it in the cache and take no time. */
export type PullInput = UncertainDuration | { readonly takes: UncertainDuration; readonly again?: UncertainDuration };

/** A second pull joins one that is in progress on its node: what is being loaded is not loaded twice. */
export const pull = defineBehaviour({
  name: 'pull',
  read: (input: PullInput) => {
    const { takes, again = 0 } = typeof input === 'object' && 'takes' in input ? input : { takes: input };
    return { takes: distributionOf(takes), again: distributionOf(again) };
  },
  pull({ takes, again }, made, { isPulled, otherPullEnds, now }, subject) {
    if (isPulled) return { ...made, duration: draw(again, subject, 'pull') };
    const duration = otherPullEnds === undefined ? draw(takes, subject, 'pull') : otherPullEnds - now;
    return { ...made, duration };
  },
});
