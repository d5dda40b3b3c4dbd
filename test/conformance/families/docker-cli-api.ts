import { type DaemonRequest, runDocker } from '../../../src/docker-cli/index.ts';
import { RecordedEndpoint, type RecordedRequest } from '../../support/docker-endpoint-recorded.ts';
import { type Difference, type Family, failed, firstDifference, isRecord, passed, type VectorCase } from '../family.ts';

/** What the docker client asks of an engine, and what it says about it: cases with recorded requests and answers. */
export const dockerCliApi: Family = {
  name: 'docker-cli/api',
  recognises: (content) =>
    Array.isArray(content) &&
    content.length > 0 &&
    content.every(
      (item) =>
        isRecord(item) && Array.isArray(item.args) && isRecord(item.expect) && Array.isArray(item.expect.requests),
    ),
  cases: (content) => (content as readonly ApiVector[]).map(toCase),
};

interface ApiVector {
  readonly id: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly stdin?: string;
  readonly files?: Record<string, string | { base64: string }>;
  readonly state: { ping?: Record<string, string> };
  readonly expect: Outcome;
  readonly also_seen?: readonly Outcome[];
}

interface Outcome {
  readonly exit_code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly RecordedRequest[];
}

const NOW = Date.UTC(2024, 2, 1, 12);

function toCase(vector: ApiVector): VectorCase {
  return {
    id: vector.id,
    run() {
      const differences = [vector.expect, ...(vector.also_seen ?? [])].map((outcome) => replay(vector, outcome));
      return differences.every((difference) => difference !== undefined) ? failed(differences[0]!) : passed;
    },
  };
}

function replay(vector: ApiVector, outcome: Outcome): Difference | undefined {
  const endpoint = new RecordedEndpoint(outcome.requests, {
    nowMs: NOW,
    ...(vector.state.ping ? { ping: vector.state.ping } : {}),
  });
  const result = runDocker(vector.args, {
    daemon: endpoint,
    now: () => endpoint.now,
    // The environment of the recordings, besides what a case adds.
    env: { HOME: '/home/dev', ...vector.env },
    cwd: vector.cwd ?? '/',
    stdin: vector.stdin ?? '',
    files: Object.fromEntries(Object.entries(vector.files ?? {}).map(([name, content]) => [name, contentOf(content)])),
  });
  return firstDifference(
    {
      requests: inOrder(outcome.requests.map(toCall)),
      exit_code: outcome.exit_code,
      stdout: linesInOrder(outcome.stdout),
      stderr: outcome.stderr,
    },
    {
      requests: inOrder(endpoint.requests.map(toCall)),
      exit_code: result.exitCode,
      stdout: linesInOrder(result.stdout),
      stderr: withoutTimes(result.stderr),
    },
  );
}

function contentOf(content: string | { base64: string }): string | Uint8Array {
  return typeof content === 'string' ? content : new Uint8Array(Buffer.from(content.base64, 'base64'));
}

/** Log lines carry the time of day. */
function withoutTimes(stderr: string): string {
  return stderr.replace(/^time="[^"]*" /gm, 'time="<TIME>" ');
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly auth: string | undefined;
}

function toCall({ method, path, query, body, headers }: RecordedRequest | DaemonRequest): Call {
  return { method, path, query: query ?? '', body: body ?? null, auth: headers?.['X-Registry-Auth'] };
}

/**
 * Docker goes through networks, secrets, configs, services and look-ups in random order: neighbours of one kind are
 * sorted, keeping together what belongs to one object.
 */
function inOrder(calls: readonly Call[]): readonly Call[] {
  const units: { kind: string; calls: Call[] }[] = [];
  for (const call of calls) {
    const { kind, begins } = classify(call);
    const last = units.at(-1);
    if (!begins && last?.kind === kind && last.calls.at(-1)!.method === 'GET') last.calls.push(call);
    else units.push({ kind, calls: [call] });
  }
  return sortRuns(units, ({ kind }) => kind, JSON.stringify).flatMap((unit) => unit.calls);
}

/** The kind of object that a call is about, and whether it is the first call about another object. */
function classify({ method, path }: Call): { kind: string; begins: boolean } {
  const [, , noun = '', rest] = path.split('/');
  if (noun === 'distribution') return { kind: 'deploy service', begins: true };
  // A create or update belongs to the look-up of the image before it, if there is one.
  if (method === 'POST' && noun === 'services') return { kind: 'deploy service', begins: false };
  if (method === 'POST' && noun === 'networks') return { kind: 'create network', begins: true };
  if (noun === 'secrets' || noun === 'configs') {
    if (rest === undefined) return { kind: 'look up', begins: true };
    return { kind: `store ${noun}`, begins: method === 'GET' };
  }
  return { kind: `${method} ${path}`, begins: true };
}

/** Lines such as `Creating network a`, sorted among neighbours. */
function linesInOrder(stdout: string): string {
  const kindOf = (line: string) =>
    /^(Creating|Updating) service /.test(line)
      ? 'service'
      : (/^Creating (network|secret|config) /.exec(line)?.[1] ?? '');
  const lines = stdout.split('\n').map((line, index) => ({ line, kind: kindOf(line) || String(index) }));
  return sortRuns(
    lines,
    ({ kind }) => kind,
    ({ line }) => line,
  )
    .map(({ line }) => line)
    .join('\n');
}

function sortRuns<T>(items: readonly T[], kindOf: (item: T) => string, textOf: (item: T) => string): T[] {
  const runs: T[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    if (run && kindOf(run[0]!) === kindOf(item)) run.push(item);
    else runs.push([item]);
  }
  return runs.flatMap((run) => [...run].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)));
}
