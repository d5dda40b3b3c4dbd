import { neverAnswers } from '../check/battery.ts';
import { isCaught } from '../check/outcomes.ts';
import { isWatched } from '../check/ratio.ts';
import { type FindingRule, override } from '../check/rule.ts';
import { capitalised } from '../words.ts';

export const noHealthCheck: FindingRule = {
  code: 'no-health-check',
  question: 'Q1',
  rule: 'Without a health check a task is running as soon as its process is, and stays so for as long as the process lives.',
  find(subject) {
    if (subject.hasHealthCheck) return undefined;
    const rollout = subject.rollout(neverAnswers);
    if (isCaught(rollout) || !isWatched(subject, rollout.result.wanted)) return undefined;
    return {
      severity: 'warning',
      message: `${capitalised(neverAnswers.describe)} is NOT caught: the files set no health check (one in the image would count, too).`,
      at: ['healthcheck'],
      fix: override(subject, 'a healthcheck, with a test of your own', {
        healthcheck: {
          test: ['CMD-SHELL', 'curl --fail http://localhost/'],
          interval: '5s',
          timeout: '5s',
          retries: 3,
        },
      }),
      shownBy: neverAnswers,
    };
  },
};
