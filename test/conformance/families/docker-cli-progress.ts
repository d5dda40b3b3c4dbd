import { type DockerResult, runDocker } from '../../../src/docker-cli/index.ts';
import { atTime, type EndpointState, type Override } from '../../support/docker-endpoint.ts';
import { type EndpointScript, ScriptedEndpoint } from '../../support/docker-endpoint-scripted.ts';
import { screenAfter, showEscapes } from '../../support/terminal-screen.ts';
import { type Difference, type Family, failed, firstDifference, isRecord, passed, type VectorCase } from '../family.ts';

/** Commands of the docker client that wait for a service: cases with a script that the engine follows. */
export const dockerCliProgress: Family = {
  name: 'docker-cli/progress',
  recognises: (content) =>
    Array.isArray(content) &&
    content.length > 0 &&
    content.every(
      (item) => isRecord(item) && Array.isArray(item.args) && isRecord(item.script) && Array.isArray(item.script.steps),
    ),
  cases: (content) => (content as readonly ProgressVector[]).map(toCase),
};

interface ProgressVector {
  readonly id: string;
  readonly args: readonly string[];
  readonly files?: Record<string, string>;
  readonly state: EndpointState;
  readonly overrides?: readonly Override[];
  readonly script: EndpointScript;
  readonly requests_head?: readonly string[];
  readonly expect: Printed;
  readonly also_seen?: readonly Printed[];
  readonly expect_tty?: {
    readonly columns: number;
    readonly exit_code: number;
    readonly final_screen: readonly string[];
    readonly raw_sample: string;
    readonly also_seen?: readonly (readonly string[] | { readonly final_screen: readonly string[] })[];
  };
}

interface Printed {
  readonly exit_code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const NOW = Date.UTC(2024, 2, 1, 12);

function toCase(vector: ProgressVector): VectorCase {
  return {
    id: vector.id,
    run() {
      const difference = plainDifference(vector) ?? terminalDifference(vector);
      return difference ? failed(difference) : passed;
    },
  };
}

function run(vector: ProgressVector, columns?: number): { result: DockerResult; calls: string[] } {
  const endpoint = new ScriptedEndpoint(atTime(vector.state, NOW), atTime(vector.script, NOW), {
    nowMs: NOW,
    ...(vector.overrides ? { overrides: vector.overrides } : {}),
  });
  const result = runDocker(vector.args, {
    daemon: endpoint,
    now: () => endpoint.now,
    cwd: '/srv/app',
    files: vector.files ?? {},
    ...(columns === undefined ? {} : { columns }),
  });
  const calls = endpoint.requests.map(({ method, path, query }) => `${method} ${path}${query ? `?${query}` : ''}`);
  return { result, calls };
}

/** Into a pipe: the text, but for how often a `verify` line is repeated, and the first requests. */
function plainDifference(vector: ProgressVector): Difference | undefined {
  const { result, calls } = run(vector);
  const got = { exit_code: result.exitCode, stdout: collapsed(result.stdout), stderr: result.stderr };
  const differences = [vector.expect, ...(vector.also_seen ?? [])].map(({ exit_code, stdout, stderr }) =>
    firstDifference({ exit_code, stdout, stderr }, got),
  );
  if (differences.every((difference) => difference !== undefined)) return differences[0];
  const head = vector.requests_head ?? [];
  return firstDifference(head, calls.slice(0, head.length), 'requests_head');
}

function collapsed(stdout: string): string {
  return stdout
    .split('\n')
    .filter((line, index, lines) => !line.startsWith('verify: ') || line !== lines[index - 1])
    .join('\n');
}

/** On a terminal: what is on the screen at the end, and the drawing itself. */
function terminalDifference({ expect_tty, ...vector }: ProgressVector): Difference | undefined {
  if (!expect_tty) return undefined;
  const { result } = run(vector, expect_tty.columns);
  const screen = withoutBlankEnd(screenAfter(result.screen));
  const seen = [expect_tty.final_screen, ...(expect_tty.also_seen ?? []).map(screenOf)];
  const differences = seen.map((lines) => firstDifference(withoutBlankEnd(lines), screen, 'final_screen'));
  if (differences.every((difference) => difference !== undefined)) return differences[0];
  return (
    firstDifference(expect_tty.exit_code, result.exitCode, 'expect_tty.exit_code') ??
    // The terminal turned line feeds into carriage return and line feed.
    firstDifference(drawing(expect_tty.raw_sample.replaceAll('\r\n', '\n')), drawing(result.screen), 'raw_sample')
  );
}

function screenOf(seen: readonly string[] | { readonly final_screen: readonly string[] }): readonly string[] {
  return 'final_screen' in seen ? seen.final_screen : seen;
}

function withoutBlankEnd(lines: readonly string[]): string[] {
  const end = [...lines];
  while (end.at(-1) === '') end.pop();
  return end;
}

const DRAW = /\n?␛\[\d+A␛\[2K\r[^\r]*\r␛\[\d+B|[^␛]+?(?=\n?␛|$)/g;

/**
 * A drawing as its single strokes. How often a row is drawn again unchanged depends on timing, and the tasks of one
 * poll are drawn in random order; both are evened out.
 */
function drawing(raw: string): string[] {
  const strokes = showEscapes(raw).match(DRAW) ?? [];
  const runs: string[][] = [];
  for (const stroke of strokes) {
    const run = runs.at(-1);
    if (run && isTaskRow(run[0]!) && isTaskRow(stroke)) run.push(stroke);
    else if (run?.[0] !== stroke) runs.push([stroke]);
  }
  return runs.flatMap((run) => run.sort());
}

function isTaskRow(stroke: string): boolean {
  return /\r(\d+\/\d+|[a-z0-9]{12}): /.test(stroke);
}
