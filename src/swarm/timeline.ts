/** What happened, as lines to read: one for all that went the same way in the same instant. */
import { compareText, type Instant } from '../base/index.ts';
import { describeRecord, formatInstant, type SwarmRecord } from './describe.ts';
import { nameOfTask } from './names.ts';

export interface TimelineLine {
  readonly at: Instant;
  /** Such as `api.1 on w2, api.3 on w1 running`. */
  readonly text: string;
  /** The records that it tells of, the first one first. */
  readonly records: readonly SwarmRecord[];
}

export interface TimelineOptions {
  /**
   * `story` (default): what a reader would tell. The steps that every task goes through on its way to running are left
   * out; `all`: every record that has words.
   */
  readonly detail?: 'story' | 'all';
  /** Only what concerns this service, by its name, and the swarm as a whole. Default: everything. */
  readonly service?: string;
}

export function timelineOf(records: readonly SwarmRecord[], options: TimelineOptions = {}): TimelineLine[] {
  const { detail = 'story', service } = options;
  const lines: TimelineLine[] = [];
  let instant = new Map<string, Told[]>();
  let at = -1;
  const close = () => {
    for (const told of instant.values())
      lines.push({ at, text: textOf(told), records: told.map(({ record }) => record) });
    instant = new Map();
  };
  for (const record of records) {
    const told = tell(record);
    if (told === undefined || (detail === 'story' && !isStory(record)) || !concerns(record, service)) continue;
    if (record.at !== at) close();
    at = record.at;
    const same = `${record.kind} ${told.predicate}`;
    const others = instant.get(same);
    if (others) others.push(told);
    else instant.set(same, [told]);
  }
  close();
  return lines;
}

/**
 * Lines with their instants before them.
 *
 * @example
 * console.log(formatTimeline(timelineOf(swarm.trace.records)));
 */
export function formatTimeline(lines: readonly TimelineLine[]): string {
  const times = lines.map(({ at }) => formatInstant(at));
  const width = Math.max(0, ...times.map((time) => time.length));
  return lines.map(({ text }, index) => `${times[index]!.padStart(width)}  ${text}`).join('\n');
}

/** Lines before and after the span that an excerpt is about. */
const BEFORE = 5;
const AFTER = 2;
/** More lines than so many are told by their first and last ones. */
const MOST_LINES = 14;

/** What happened in a span of time and right around it, as lines of text with their instants. */
export function excerpt(
  lines: readonly TimelineLine[],
  { from, until }: { readonly from: Instant; readonly until: Instant },
): string[] {
  const first = lines.findIndex(({ at }) => at >= from);
  const next = lines.findIndex(({ at }) => at > until);
  const start = beginOfInstant(lines, (first < 0 ? lines.length : first) - BEFORE);
  const end = next < 0 ? lines.length : next + AFTER;
  const chosen = lines.slice(start, end);
  const texts = chosen.length === 0 ? [] : formatTimeline(chosen).split('\n');
  if (texts.length <= MOST_LINES) return texts;
  const half = MOST_LINES / 2;
  return [...texts.slice(0, half), `... ${texts.length - MOST_LINES} more lines ...`, ...texts.slice(-half)];
}

/** An instant is told as a whole: its first line may be the cause of the others. */
function beginOfInstant(lines: readonly TimelineLine[], index: number): number {
  let start = Math.max(0, index);
  while (start > 0 && lines[start - 1]?.at === lines[start]?.at) start -= 1;
  return start;
}

interface Told {
  readonly record: SwarmRecord;
  /** The task or the node, where the line is about one; otherwise ''. */
  readonly subject: string;
  /** What is said of it. */
  readonly predicate: string;
}

function tell(record: SwarmRecord): Told | undefined {
  const text = describeRecord(record);
  if (text === undefined) return undefined;
  const subject = subjectOf(record, text);
  return { record, subject, predicate: subject === '' ? text : text.slice(subject.length + 1) };
}

/** What the text begins with where it is about a task or a node. */
function subjectOf(record: SwarmRecord, text: string): string {
  const subjects = 'slot' in record ? tasksNames(record) : 'name' in record ? [`node ${record.name}`] : [];
  return subjects.find((subject) => text.startsWith(`${subject} `)) ?? '';
}

function tasksNames({
  name,
  slot,
  node,
}: {
  readonly name: string;
  readonly slot: number;
  readonly node: string;
}): string[] {
  const task = nameOfTask({ serviceName: name, slot, nodeId: node });
  return [`${task} on ${node}`, task];
}

function textOf(told: readonly Told[]): string {
  const { predicate, subject } = told[0]!;
  if (subject === '') return predicate;
  const subjects = [...told].sort(bySlot).map((one) => one.subject);
  return `${subjects.join(', ')} ${predicate}`;
}

function bySlot(a: Told, b: Told): number {
  return slotOf(a) - slotOf(b) || compareText(a.subject, b.subject);
}

function slotOf({ record }: Told): number {
  return 'slot' in record ? record.slot : 0;
}

/** Left out of a story are requests, and the way of a task to the state in which it is wanted. */
function isStory(record: SwarmRecord): boolean {
  switch (record.kind) {
    // What came of it is told by other records.
    case 'api.requested':
    case 'container.exited':
    case 'task.created':
    case 'task.placed':
    case 'task.removed':
      return false;
    case 'task.wanted':
      return record.desired === 'SHUTDOWN';
    case 'task.changed':
      return record.err !== '' || TOLD_STATES.has(record.state);
    default:
      return true;
  }
}

const TOLD_STATES: ReadonlySet<string> = new Set(['RUNNING', 'COMPLETE', 'SHUTDOWN', 'FAILED', 'REJECTED', 'ORPHANED']);

/** Records of another service do not concern this one; those of nodes, managers and faults concern all. */
function concerns(record: SwarmRecord, service: string | undefined): boolean {
  if (service === undefined || !('service' in record)) return true;
  return record.name === service;
}
