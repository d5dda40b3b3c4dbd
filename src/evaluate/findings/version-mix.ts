import { neverStarts } from '../check/battery.ts';
import type { StackRule } from '../check/rule.ts';
import { list } from '../words.ts';

export const versionMix: StackRule = {
  code: 'version-mix',
  question: 'Q19',
  rule: 'Services are updated each by itself: the rollback of one does not touch the others.',
  find(subjects) {
    const subject = subjects.find((candidate) => candidate.rollout(neverStarts).result.outcome === 'rolled back');
    if (!subject) return undefined;
    const tag = tagOf(subject.spec.task.container.image);
    const others = subjects.filter(
      (other) => other !== subject && tag !== undefined && tagOf(other.spec.task.container.image) === tag,
    );
    if (others.length === 0) return undefined;
    return {
      subject,
      severity: 'warning',
      message: `If ${subject.name} is rolled back, ${list(others.map(({ name }) => name))} ${others.length === 1 ? 'stays' : 'stay'} on the new version; all of them carry the tag ${tag} now.`,
      shownBy: neverStarts,
    };
  },
};

/** A tag that names a version: services that share one are probably released together. */
function tagOf(image: string): string | undefined {
  const tag = /:([^/:@]+)(?:@.*)?$/.exec(image)?.[1];
  return tag === 'latest' ? undefined : tag;
}
