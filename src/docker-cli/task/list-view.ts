import { displayImage } from '../engine/image-reference.ts';
import type { Task } from '../engine/task-types.ts';
import { parseTimestamp } from '../go/time.ts';
import { rowType, text } from '../go/type.ts';
import { shortId } from '../ids.ts';
import { ageOf } from '../text/age.ts';
import { isTable, type ListOptions, type ListView, renderList } from '../text/list.ts';
import { compareNatural } from '../text/natural.ts';
import { ellipsis } from '../text/width.ts';
import { prettyWord } from '../text/words.ts';
import type { NameResolver } from './resolver.ts';

export interface TaskListOptions extends ListOptions {
  /** Short IDs, images without digest, errors cut to 30 columns. */
  readonly truncate: boolean;
  readonly now: number;
}

/** The lists of `service ps`, `stack ps` and `node ps` (docker/cli cli/command/task). */
const view: ListView = {
  row: rowType('*task.taskContext', {
    CurrentState: text,
    DesiredState: text,
    Error: text,
    ID: text,
    Image: text,
    Name: text,
    Node: text,
    Ports: text,
  }),
  headings: {
    ID: 'ID',
    Name: 'NAME',
    Image: 'IMAGE',
    Node: 'NODE',
    DesiredState: 'DESIRED STATE',
    CurrentState: 'CURRENT STATE',
    Error: 'ERROR',
    Ports: 'PORTS',
  },
  table:
    '{{.ID}}\\t{{.Name}}\\t{{.Image}}\\t{{.Node}}\\t{{.DesiredState}}\\t{{.CurrentState}}\\t{{.Error}}\\t{{.Ports}}',
  raw:
    'id: {{.ID}}\\nname: {{.Name}}\\nimage: {{.Image}}\\nnode: {{.Node}}\\ndesired_state: {{.DesiredState}}\\n' +
    'current_state: {{.CurrentState}}\\nerror: {{.Error}}\\nports: {{.Ports}}\\n',
  rawQuiet: 'id: {{.ID}}',
};

const ERROR_WIDTH = 30;
/** In a table, older tasks of a slot stand below its newest. */
const HISTORY_MARK = ' \\_ ';

export function renderTasks(tasks: readonly Task[], resolver: NameResolver, options: TaskListOptions): string {
  const named = tasks.map((task) => ({ task, name: nameOf(task, resolver) })).sort(compareTasks);
  const mark = isTable(options) ? HISTORY_MARK : '';
  const names = new Map<string, string>();
  const nodes = new Map<string, string>();
  named.forEach(({ task, name }, index) => {
    names.set(task.ID, index > 0 && named[index - 1]!.name === name ? mark + name : name);
    nodes.set(task.ID, resolver.node(task.NodeID));
  });
  // Names are looked up by ID: a task that is listed twice looks like history both times, as it does in docker.
  const rows = named.map(({ task }) => ({
    ID: options.truncate ? shortId(task.ID) : task.ID,
    Name: names.get(task.ID),
    Image: imageOf(task, options),
    Node: nodes.get(task.ID),
    DesiredState: prettyWord(task.DesiredState),
    CurrentState: `${prettyWord(task.Status.State)} ${ageOf(task.Status.Timestamp, options.now).toLowerCase()} ago`,
    Error: errorOf(task, options),
    Ports: portsOf(task),
  }));
  return renderList(view, rows, options);
}

interface NamedTask {
  readonly task: Task;
  readonly name: string;
}

function nameOf(task: Task, resolver: NameResolver): string {
  return `${resolver.service(task.ServiceID)}.${task.Slot === 0 ? task.NodeID : task.Slot}`;
}

/** By name; the tasks of one name from the newest on. */
function compareTasks(a: NamedTask, b: NamedTask): number {
  const byName = compareNatural(a.name, b.name);
  if (byName !== 0) return byName;
  return (parseTimestamp(b.task.CreatedAt) ?? 0) - (parseTimestamp(a.task.CreatedAt) ?? 0);
}

function imageOf(task: Task, options: TaskListOptions): string {
  const image = task.Spec.ContainerSpec?.Image ?? '';
  return options.truncate ? displayImage(image) : image;
}

function errorOf(task: Task, options: TaskListOptions): string {
  const { Err } = task.Status;
  if (Err === '') return '';
  return `"${options.truncate ? ellipsis(Err, ERROR_WIDTH) : Err}"`;
}

function portsOf(task: Task): string {
  return (task.Status.PortStatus.Ports ?? [])
    .map((port) => `*:${port.PublishedPort}->${port.TargetPort}/${port.Protocol}`)
    .join(',');
}
