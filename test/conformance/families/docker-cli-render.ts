import { type DockerResult, runDocker } from '../../../src/docker-cli/index.ts';
import { atTime, DockerEndpoint, type EndpointState, type Override } from '../../support/docker-endpoint.ts';
import { type Difference, type Family, failed, firstDifference, isRecord, passed, type VectorCase } from '../family.ts';

/** What the docker client prints from what an engine answers: an array of cases with a state and no recorded bodies. */
export const dockerCliRender: Family = {
  name: 'docker-cli/render',
  recognises: (content) =>
    Array.isArray(content) &&
    content.length > 0 &&
    content.every(
      (item) =>
        isRecord(item) &&
        isRecord(item.state) &&
        isRecord(item.expect) &&
        Array.isArray(item.args) &&
        !('requests' in item.expect) &&
        !('script' in item),
    ),
  cases: (content) => (content as readonly RenderVector[]).map(toCase),
};

interface RenderVector {
  readonly id: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  readonly state: EndpointState;
  readonly overrides?: readonly Override[];
  readonly requests?: readonly string[];
  readonly expect: Printed;
  readonly also_seen?: readonly Printed[];
}

interface Printed {
  readonly exit_code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const NOW = Date.UTC(2024, 2, 1, 12);

function toCase(vector: RenderVector): VectorCase {
  return {
    id: vector.id,
    run() {
      const endpoint = new DockerEndpoint(atTime(vector.state, NOW), {
        nowMs: NOW,
        ...(vector.overrides ? { overrides: vector.overrides } : {}),
      });
      const result = runDocker(vector.args, { daemon: endpoint, now: () => endpoint.now, env: vector.env ?? {} });
      const difference = printedDifference(vector, result);
      if (difference) return failed(difference);
      const calls = endpoint.requests.map(({ method, path, query }) => `${method} ${path}${query ? `?${query}` : ''}`);
      const order = vector.requests && firstDifference(vector.requests, calls, 'requests');
      return order ? failed(order) : passed;
    },
  };
}

/** The difference to the result that was expected, unless it is one of those that were also seen. */
export function printedDifference(
  vector: { readonly expect: Printed; readonly also_seen?: readonly Printed[] },
  result: DockerResult,
): Difference | undefined {
  const got = { exit_code: result.exitCode, stdout: result.stdout, stderr: result.stderr };
  const differences = [vector.expect, ...(vector.also_seen ?? [])].map(({ exit_code, stdout, stderr }) =>
    firstDifference({ exit_code, stdout, stderr }, got),
  );
  return differences.every((difference) => difference !== undefined) ? differences[0] : undefined;
}
