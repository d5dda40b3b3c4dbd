import type { Surprise } from './surprise.ts';

export const statusOverwritten: Surprise = {
  code: 'status-overwritten',
  rule: 'What a rollback leaves over is trimmed by a second, silent run under update_config, whose end writes "completed"; and a rollback whose failure_action is rollback writes it over its own pause.',
  recognise({ name, statuses, edits }) {
    for (const [index, { at, state }] of statuses.entries()) {
      const before = statuses[index - 1];
      if (state !== 'completed' || (before?.state !== 'rollback_completed' && before?.state !== 'rollback_paused'))
        continue;
      if (edits.some((edit) => edit.at > before.at && edit.at <= at)) continue;
      return { at, text: `${name} was ${before.state} and now says completed, without another update` };
    }
    return undefined;
  },
};
