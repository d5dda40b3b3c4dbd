/**
 * `/services/{id}/logs` and `/tasks/{id}/logs` (moby daemon/server/router/swarm/helpers.go, daemon/cluster/services.go). A
 * manager gathers what the nodes have of the tasks' containers (swarmkit manager/logbroker).
 *
 * Departures: lines of several nodes are in the order of their times, where a real stream has them as they come. A stream
 * that is followed ends with what there is. A node that has just gone is missed at once, where a real stream waits for it.
 */
import { DEFAULT_EPOCH_MS, type Task, TaskState, toRfc3339 } from '../api/index.ts';
import { compareText, type Instant } from '../base/index.ts';
import type { Answer, Call } from './call.ts';
import { type Control, control } from './control.ts';
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
  const access = control(call);
  const { id, spec } = findService(access, call.params.id!);
  // What has not come to run has printed nothing. (swarmkit manager/logbroker/subscription.go, match)
  const tasks = access.view.tasks
    .all()
    .filter(({ serviceId, status }) => serviceId === id && status.state >= TaskState.RUNNING);
  return stream(call, access, tasks, spec.task.container.tty ?? false);
}

export function taskLogs(call: Call): Answer {
  checkStreams(call);
  const access = control(call);
  const task = findTask(access, call.params.id!);
  return stream(call, access, [task], task.spec.container.tty ?? false);
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

/** How many lines of each container, from the end. */
function tailOf({ query }: Call): number {
  const tail = query.get('tail') ?? '';
  if (tail === '' || tail === 'all') return Number.POSITIVE_INFINITY;
  if (!/^[+-]?\d+$/.test(tail)) throw new Refusal(500, 'tail value must be a positive integer or "all"');
  if (tail.startsWith('-') && Number(tail) < 0) throw new Refusal(500, 'negative tail values not supported');
  return Number(tail);
}

/** A line, and whose it is. */
interface Printed {
  readonly at: Instant;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly task: Task;
}

function stream(call: Call, { view }: Control, tasks: readonly Task[], isTerminal: boolean): Answer {
  const tail = tailOf(call);
  const since = sinceOf(call);
  const isMultiplexed = !isTerminal && !isOlder(call.apiVersion, MULTIPLEXED_SINCE);
  const missing = tasks.filter(
    ({ nodeId }) => view.nodes.get(nodeId)?.status.state !== 'ready' || !call.swarm.node(nodeId).isReachable,
  );
  const frames = tasks
    .filter((task) => !missing.includes(task))
    .flatMap((task) => lastLines(call, task, tail))
    .filter(({ at }) => at >= since)
    .sort((a, b) => a.at - b.at || a.task.slot - b.task.slot || compareText(a.task.id, b.task.id))
    // A terminal has one stream.
    .map((line): Printed => (isTerminal ? { ...line, stream: 'stdout' } : line))
    .filter((line) => isOn(call, line.stream))
    .map((line): LogFrame => ({ stream: line.stream, text: textOf(call, line) }));
  const problem = problemOf(missing);
  if (problem !== undefined) frames.push({ stream: isTerminal ? 'stdout' : 'systemerr', text: problem });
  return { headers: { 'Content-Type': isMultiplexed ? MULTIPLEXED : RAW }, body: frames };
}

/** The last of each container, of whatever stream. */
function lastLines({ swarm }: Call, task: Task, tail: number): Printed[] {
  const lines = swarm.logs(task);
  return lines.slice(Math.max(0, lines.length - tail)).map((line) => ({ ...line, task }));
}

function sinceOf({ query, epoch: { epochMs = DEFAULT_EPOCH_MS } }: Call): Instant {
  const since = query.get('since') ?? '';
  return since === '' ? 0 : Math.round(Number(since) * 1e6) - epochMs * 1000;
}

/** (moby daemon/server/httputils/logstream/logstream.go) */
function textOf(call: Call, { at, text, task }: Printed): string {
  const time = isOn(call, 'timestamps') ? `${fixedTime(at, call)} ` : '';
  const details = isOn(call, 'details') ? `${detailsOf(task)} ` : '';
  return `${time}${details}${text}\n`;
}

/** With nine decimals. */
function fixedTime(at: Instant, { epoch }: Call): string {
  const [, whole, decimals = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(toRfc3339(at, epoch))!;
  return `${whole}.${decimals.padEnd(9, '0')}Z`;
}

function detailsOf({ id, nodeId, serviceId }: Task): string {
  const details = { 'node.id': nodeId, 'service.id': serviceId, 'task.id': id };
  return Object.entries(details)
    .map(([key, value]) => `com.docker.swarm.${key}=${encodeURIComponent(value)}`)
    .join(',');
}

/** What is missing in the stream, and why: its last frame. (swarmkit manager/logbroker/subscription.go, Err) */
function problemOf(missing: readonly Task[]): string | undefined {
  if (missing.length === 0) return undefined;
  const nodes = new Set(missing.map(({ nodeId }) => nodeId).filter((id) => id !== ''));
  const reasons = [
    ...[...nodes].sort(compareText).map((id) => `node ${id} is not available`),
    ...missing.filter(({ nodeId }) => nodeId === '').map(({ id }) => `task ${id} has not been scheduled`),
  ];
  const warning = 'warning: incomplete log stream. some logs could not be retrieved for the following reasons:';
  return `Error grabbing logs: rpc error: code = Unknown desc = ${warning} ${reasons.join(', ')}\n`;
}
