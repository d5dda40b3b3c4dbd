import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RecordedRequest } from '../../support/docker-endpoint-recorded.ts';
import { type RecordedCase, RecordedWorld } from './recorded-world.ts';

const file = new URL('../../conformance/vectors/docker-cli/api.json', import.meta.url);
const all = JSON.parse(readFileSync(file, 'utf8')) as readonly RecordedCase[];
/** In the others the endpoint was in no swarm, or spoke another version. */
const cases = all.filter(({ group }) => group !== 'swarm' && group !== 'negotiation');

interface Exchange {
  readonly recorded: RecordedRequest;
  readonly status: number;
  readonly message: string;
  /** The recorded answer was made up. */
  readonly isForced: boolean;
}

const replays = new Map<string, Exchange[]>();

/** Each case is replayed once, whatever is asked about it. */
function replay(recordedCase: RecordedCase): Exchange[] {
  const known = replays.get(recordedCase.id) ?? replayNow(recordedCase);
  replays.set(recordedCase.id, known);
  return known;
}

function replayNow(recordedCase: RecordedCase): Exchange[] {
  const world = new RecordedWorld(recordedCase);
  const { overrides = [] } = recordedCase;
  return recordedCase.expect.requests.map((recorded) => {
    const { status, body } = world.ask(recorded);
    const message = (body as { message?: string } | undefined)?.message ?? '';
    const isForced = overrides.some(
      ({ method, path }) => method === recorded.method && new RegExp(path).test(recorded.path),
    );
    return { recorded, status, message, isForced };
  });
}

describe('what the real client asked for', () => {
  test.each(cases)('$id is understood', (recordedCase) => {
    for (const { recorded, status, message, isForced } of replay(recordedCase)) {
      const call = `${recorded.method} ${recorded.path}: ${status} ${message}`;
      expect(call).not.toMatch(/page not found|invalid JSON|invalid filter/);
      if (!isForced) expect(status, call).toBeLessThan(500);
    }
  });

  test('gets the status that was recorded, but for what only a stand-in would answer', () => {
    const others = cases
      .flatMap(replay)
      .filter(({ recorded, status, isForced }) => !isForced && recorded.status !== status)
      .map(({ recorded, status, message }) => `${recorded.status} was ${status} ${message}`);

    expect(others.map((line) => line.replace(/service \w{25}/, 'service <id>'))).toEqual([
      // A network of the endpoint itself.
      '200 was 404 network n not found',
      // Names that it did not check.
      '201 was 400 rpc error: code = InvalidArgument desc = name must be valid as a DNS name component',
      '201 was 400 rpc error: code = InvalidArgument desc = name must be valid as a DNS name component',
      '500 was 400 rpc error: code = FailedPrecondition desc = service <id> does not have a previous spec',
      // It let its last manager go.
      '200 was 400 rpc error: code = FailedPrecondition desc = attempting to demote the last manager of the swarm',
    ]);
  });
});
