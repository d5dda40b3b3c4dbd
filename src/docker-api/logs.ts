/**
 * `/services/{id}/logs` and `/tasks/{id}/logs`. Simulated containers say nothing, so the stream is empty; what is wrong
 * with a call is said all the same. (moby daemon/server/router/swarm/helpers.go, daemon/cluster/services.go)
 */
import type { Answer, Call } from './call.ts';
import { control } from './control.ts';
import { isOn } from './query.ts';
import { invalid, Refusal } from './refusal.ts';
import type { LogFrame } from './request.ts';
import { findService } from './services.ts';
import { findTask } from './tasks.ts';
import { isOlder } from './version.ts';

const MULTIPLEXED_SINCE = '1.42';
const RAW = 'application/vnd.docker.raw-stream';
const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';

export function serviceLogs(call: Call): Answer {
  checkStreams(call);
  const { spec } = findService(control(call), call.params.id!);
  return stream(call, spec.task.container.tty ?? false);
}

export function taskLogs(call: Call): Answer {
  checkStreams(call);
  const { spec } = findTask(control(call), call.params.id!);
  return stream(call, spec.container.tty ?? false);
}

function checkStreams(call: Call): void {
  if (!isOn(call, 'stdout') && !isOn(call, 'stderr')) {
    throw invalid("must specify at least one of 'stdout' or 'stderr'");
  }
  const since = call.query.get('since') ?? '';
  if (since !== '' && !/^\d+(\.\d+)?$/.test(since)) {
    const seconds = since.split('.', 1)[0]!;
    throw invalid(`invalid value for "since": strconv.ParseInt: parsing ${JSON.stringify(seconds)}: invalid syntax`);
  }
}

function stream(call: Call, isTerminal: boolean): Answer {
  const tail = call.query.get('tail') ?? '';
  if (tail !== '' && tail !== 'all') {
    if (!/^[+-]?\d+$/.test(tail)) throw new Refusal(500, 'tail value must be a positive integer or "all"');
    if (tail.startsWith('-') && Number(tail) < 0) throw new Refusal(500, 'negative tail values not supported');
  }
  const isMultiplexed = !isTerminal && !isOlder(call.apiVersion, MULTIPLEXED_SINCE);
  const frames: readonly LogFrame[] = [];
  return { headers: { 'Content-Type': isMultiplexed ? MULTIPLEXED : RAW }, body: frames };
}
