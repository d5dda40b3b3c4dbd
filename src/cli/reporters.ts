/** What `check`, `evaluate` and `run` have in common where they print for machines. */
import { appendFileSync } from 'node:fs';
import { Option } from 'commander';

const REPORTERS = ['pretty', 'json', 'junit', 'github'] as const;

export type Reporter = (typeof REPORTERS)[number];

export function reporterOption(): Option {
  return new Option('--reporter <name>', 'how to print it; github also writes the summary of the job')
    .choices(REPORTERS)
    .default('pretty');
}

/** A step of GitHub Actions appends to the file that this variable names. */
export function writeSummary(markdown: string): void {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (path !== undefined && path !== '') appendFileSync(path, `${markdown}\n`);
}
