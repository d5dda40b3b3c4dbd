import { displayImage } from '../engine/image-reference.ts';
import type { Service } from '../engine/service-types.ts';
import type { PortConfig } from '../engine/task-types.ts';
import { rowType, text } from '../go/type.ts';
import { shortId } from '../ids.ts';
import { type ListOptions, type ListView, renderList } from '../text/list.ts';
import { compareNatural } from '../text/natural.ts';

/** The lists of `service ls` and `stack services` (docker/cli cli/command/service/formatter.go). */
const view: ListView = {
  row: rowType('*service.serviceContext', {
    ID: text,
    Image: text,
    Mode: text,
    Name: text,
    Ports: text,
    Replicas: text,
  }),
  headings: { ID: 'ID', Name: 'NAME', Mode: 'MODE', Replicas: 'REPLICAS', Image: 'IMAGE', Ports: 'PORTS' },
  table: '{{.ID}}\\t{{.Name}}\\t{{.Mode}}\\t{{.Replicas}}\\t{{.Image}}\\t{{.Ports}}',
  raw:
    'id: {{.ID}}\\nname: {{.Name}}\\nmode: {{.Mode}}\\nreplicas: {{.Replicas}}\\n' +
    'image: {{.Image}}\\nports: {{.Ports}}\\n',
  rawQuiet: 'id: {{.ID}}',
};

export function renderServices(services: readonly Service[], options: ListOptions): string {
  const rows = [...services]
    .sort((a, b) => compareNatural(a.Spec.Name, b.Spec.Name))
    .map((service) => ({
      ID: shortId(service.ID),
      Name: service.Spec.Name,
      Mode: modeOf(service),
      Replicas: replicasOf(service),
      Image: displayImage(service.Spec.TaskTemplate.ContainerSpec?.Image ?? ''),
      Ports: portsOf(service.Endpoint.Ports ?? []),
    }));
  return renderList(view, rows, options);
}

function modeOf({ Spec: { Mode } }: Service): string {
  if (Mode.Global) return 'global';
  if (Mode.Replicated) return 'replicated';
  if (Mode.ReplicatedJob) return 'replicated job';
  return Mode.GlobalJob ? 'global job' : '';
}

/** `running/desired`; jobs add how many are done, of how many. */
function replicasOf({ Spec, ServiceStatus }: Service): string {
  const { RunningTasks, DesiredTasks, CompletedTasks } = ServiceStatus ?? {
    RunningTasks: 0,
    DesiredTasks: 0,
    CompletedTasks: 0,
  };
  const counts = `${RunningTasks}/${DesiredTasks}`;
  const { ReplicatedJob, GlobalJob, Replicated } = Spec.Mode;
  if (ReplicatedJob) return `${counts} (${CompletedTasks}/${ReplicatedJob.TotalCompletions ?? 0} completed)`;
  if (GlobalJob) return `${counts} (${CompletedTasks}/${DesiredTasks + CompletedTasks} completed)`;
  const most = Spec.TaskTemplate.Placement?.MaxReplicas ?? 0;
  return Replicated && most > 0 ? `${counts} (max ${most} per node)` : counts;
}

interface PortRange {
  readonly protocol: string;
  readonly published: { first: number; last: number };
  readonly target: { first: number; last: number };
}

/** Ingress ports; neighbours are joined to ranges, on both sides or many to one. */
function portsOf(ports: readonly PortConfig[]): string {
  const ranges: PortRange[] = [];
  for (const port of sortPorts(ports.filter(({ PublishMode }) => PublishMode === 'ingress'))) {
    const last = ranges.at(-1);
    if (last && joins(last, port)) {
      last.published.last = port.PublishedPort;
      last.target.last = port.TargetPort;
    } else {
      ranges.push({
        protocol: port.Protocol,
        published: { first: port.PublishedPort, last: port.PublishedPort },
        target: { first: port.TargetPort, last: port.TargetPort },
      });
    }
  }
  return ranges
    .filter(({ published }) => published.first > 0)
    .map(({ protocol, published, target }) => `*:${rangeText(published)}->${rangeText(target)}/${protocol}`)
    .join(', ');
}

function sortPorts(ports: readonly PortConfig[]): PortConfig[] {
  return [...ports].sort((a, b) =>
    a.Protocol === b.Protocol ? a.PublishedPort - b.PublishedPort : a.Protocol < b.Protocol ? -1 : 1,
  );
}

function joins(range: PortRange, port: PortConfig): boolean {
  const isRange = range.target.first !== range.target.last;
  return (
    port.Protocol === range.protocol &&
    follows(port.PublishedPort, range.published.last) &&
    follows(port.TargetPort, range.target.last) &&
    !(isRange && port.TargetPort <= range.target.last)
  );
}

/** The original subtracts unsigned numbers, so a smaller port is far away. */
function follows(port: number, last: number): boolean {
  return port === last || port === last + 1;
}

function rangeText({ first, last }: { first: number; last: number }): string {
  return last > first ? `${first}-${last}` : String(first);
}
