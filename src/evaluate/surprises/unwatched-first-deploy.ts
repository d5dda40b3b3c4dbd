import { FAILED } from '../history.ts';
import type { Surprise } from './surprise.ts';

export const unwatchedFirstDeploy: Surprise = {
  code: 'unwatched-first-deploy',
  rule: 'Creating a service is no update: nothing is monitored, failure_action has no say, and there is nothing to go back to.',
  recognise({ name, statuses, edits, tasks }) {
    if (statuses.length > 0 || edits.length > 0) return undefined;
    const failed = tasks.filter(({ end, isOfJob }) => !isOfJob && end !== undefined && FAILED.has(end.state));
    const [first] = failed;
    if (
      !first ||
      tasks.some(
        ({ createdAt, runningFrom }) =>
          createdAt < first.end!.at && runningFrom !== undefined && first.end!.at - runningFrom > LONG,
      )
    )
      return undefined;
    return {
      at: first.end!.at,
      text: `${name} is new, so its ${failed.length} failed tasks are restarted for ever and nothing is rolled back`,
    };
  },
};

/** What fails after it has run for an hour is not a bad deployment. */
const LONG = 3_600_000_000;
