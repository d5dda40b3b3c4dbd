import type { ManagersSurprise } from './surprise.ts';

export const writeInDoubt: ManagersSurprise = {
  code: 'write-in-doubt',
  rule: 'Without a leader requests hang for up to 20 s; one whose leader was lost meanwhile may have been done although it was refused.',
  recognise(story) {
    const refused = story
      .of('api.refused')
      .find(({ message }) => message.includes('node lost leader status') || message === 'context deadline exceeded');
    return refused
      ? {
          at: refused.at,
          text: `nobody knows whether ${refused.op} was done: it was answered with "${refused.message}"`,
        }
      : undefined;
  },
};
