import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { apiReports } from './api-report.ts';

const REPORTS = fileURLToPath(new URL('./api/', import.meta.url));
const reports = apiReports();

/** `npm run api` writes them. */
test.each([...reports])('the public surface is the one that was last reviewed: %s', async (name, report) => {
  await expect(report).toMatchFileSnapshot(join(REPORTS, name));
});

test('there is no report of what is no longer public', () => {
  expect(readdirSync(REPORTS).sort()).toEqual([...reports.keys()].sort());
});
