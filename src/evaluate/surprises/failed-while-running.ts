import type { Surprise } from './surprise.ts';

export const failedWhileRunning: Surprise = {
  code: 'failed-while-running',
  rule: 'An unhealthy container is stopped by its agent; whoever tells the task to stop meanwhile makes it FAILED at once, with exit code -1, while the container has the rest of its grace period to run.',
  recognise({ name, tasks }) {
    const failed = tasks.find(({ end }) => end?.err.includes('non-zero exit (-1)'));
    return (
      failed && {
        at: failed.end!.at,
        text: `a task of ${name} on ${failed.node} counts as failed with exit code -1, and its container was still being stopped`,
      }
    );
  },
};
