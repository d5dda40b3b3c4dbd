import type { ManagersSurprise } from './surprise.ts';

export const writeInDoubt: ManagersSurprise = {
  code: 'write-in-doubt',
  rule: 'Without a leader requests hang for up to 20 s; one whose leader was lost meanwhile may have been done although it was refused.',
  recognise({ records }) {
    const refused = records.find(
      (record) =>
        record.kind === 'api.refused' &&
        (record.message.includes('node lost leader status') || record.message === 'context deadline exceeded'),
    );
    return refused?.kind === 'api.refused'
      ? {
          at: refused.at,
          text: `nobody knows whether ${refused.op} was done: it was answered with "${refused.message}"`,
        }
      : undefined;
  },
};
