import { describe, expect, test } from 'vitest';
import { type Shown, showRehearsals } from '../../../src/cli/show.ts';
import { stackFromCompose } from '../../../src/compose/index.ts';
import { readScenario } from '../../../src/evaluate/index.ts';

const app = (image: string) =>
  stackFromCompose(
    [{ name: 'app.yml', content: `services: { api: { image: "${image}" }, web: { image: "web:v1" } }` }],
    {
      namespace: 'shop',
    },
  );

const release = { from: app('api:v1'), to: app('api:v2') };
const scenario = readScenario(
  'name: version 2 fails\nimages: { "api:v2": { fails: { after: 1s } } }\nexpect: { outcome: paused }',
  'bad.yml',
);

function shown(options: Pick<Shown, 'view'> & Partial<Shown>): string[] {
  const lines: string[] = [];
  const io = { out: (line: string) => lines.push(line), err: () => {}, progress: () => {}, hasColours: false };
  showRehearsals({ variants: [{ label: 'A', release }], scenarios: [scenario], seed: 1, ...options }, io);
  return lines.join('\n').split('\n');
}

describe('--show', () => {
  test('ps prints the tasks of the stack, those that failed included', () => {
    const lines = shown({ view: 'ps' });

    expect(lines.slice(1, 3)).toEqual(['version 2 fails, seed 1', '$ docker stack ps shop']);
    expect(lines[3]).toMatch(/^ID +NAME +IMAGE +NODE/);
    expect(
      lines.filter((line) => /\\_ shop_api\.1 +api:v2 .*Failed .*"task: non-zero exit \(1\)"/.test(line)),
    ).not.toEqual([]);
  });

  test('inspect prints every service with its update status', () => {
    const lines = shown({ view: 'inspect' });

    expect(lines.filter((line) => line.startsWith('$'))).toEqual([
      '$ docker service inspect --pretty shop_api',
      '$ docker service inspect --pretty shop_web',
    ]);
    expect(lines).toContain(' State:\t\tpaused');
  });

  test('names the variant where there are several', () => {
    const variants = ['A', 'B'].map((label) => ({ label, release }));

    expect(shown({ view: 'ps', variants, seed: 7 }).filter((line) => line.startsWith('version'))).toEqual([
      'version 2 fails, A, seed 7',
      'version 2 fails, B, seed 7',
    ]);
  });
});
