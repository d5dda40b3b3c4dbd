import { formatBytes, formatDuration } from '../../api/index.ts';
import type { ContainerSpec } from '../engine/container-types.ts';
import type { Service, UpdateConfig } from '../engine/service-types.ts';
import type { PortConfig, TaskSpec } from '../engine/task-types.ts';
import { printNumber } from '../template/value.ts';
import { ageOf } from '../text/age.ts';
import { sortedPairs } from '../text/pairs.ts';

const NANO = 1e9;

export interface ServiceView {
  readonly service: Service;
  /** The name of a network by its ID. */
  readonly networkNames: ReadonlyMap<string, string>;
  readonly now: number;
}

/** `service inspect --pretty` (docker/cli cli/command/service/formatter.go); the layout is docker's, oddities included. */
export function renderService(view: ServiceView): string {
  const { service } = view;
  const { Spec } = service;
  const task = Spec.TaskTemplate;
  const container = task.ContainerSpec;
  const lines = [
    '',
    `ID:\t\t${service.ID}`,
    `Name:\t\t${Spec.Name}`,
    ...block('Labels:', pairLines(Spec.Labels, '=')),
    ...modeLines(service),
    ...updateStatusLines(view),
    ...placementLines(task),
    ...updateConfigLines('UpdateConfig:', 'Update order:     ', Spec.UpdateConfig),
    ...updateConfigLines('RollbackConfig:', 'Rollback order:   ', Spec.RollbackConfig),
    ...(container ? containerLines(container) : []),
    ...logDriverLines(task),
    ...resourceLines(task),
    ...networkLines(view),
    `Endpoint Mode:\t${Spec.EndpointSpec?.Mode ?? ''}`,
  ];
  return `${lines.join('\n')}${portText(service.Endpoint.Ports ?? [])}${healthText(container)}\n`;
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

/** ` key=value`, or ` key` alone for an empty value. */
function pairLines(pairs: Readonly<Record<string, string>> | null, separator: string, indent = ' '): string[] {
  return sortedPairs(pairs).map(([key, value]) => `${indent}${key}${value === '' ? '' : `${separator}${value}`}`);
}

function modeLines({ Spec: { Mode } }: Service): string[] {
  if (Mode.Global) return ['Service Mode:\tGlobal'];
  if (!Mode.Replicated) return ['Service Mode:'];
  const { Replicas } = Mode.Replicated;
  return ['Service Mode:\tReplicated', ...(Replicas === null ? [] : [` Replicas:\t${Replicas}`])];
}

function updateStatusLines({ service: { UpdateStatus }, now }: ServiceView): string[] {
  if (!UpdateStatus || UpdateStatus.State === '') return [];
  const { State, StartedAt, CompletedAt, Message } = UpdateStatus;
  return [
    'UpdateStatus:',
    ` State:\t\t${State}`,
    ...(StartedAt === null ? [] : [` Started:\t${ageOf(StartedAt, now)} ago`]),
    ...(State !== 'completed' || CompletedAt === null ? [] : [` Completed:\t${ageOf(CompletedAt, now)} ago`]),
    ` Message:\t${Message}`,
  ];
}

function placementLines({ Placement }: TaskSpec): string[] {
  const constraints = Placement?.Constraints ?? [];
  const spreads = (Placement?.Preferences ?? []).flatMap(({ Spread }) =>
    Spread ? [`spread=${Spread.SpreadDescriptor}`] : [],
  );
  const most = Placement?.MaxReplicas ?? 0;
  return [
    'Placement:',
    ...(constraints.length === 0 ? [] : [` Constraints:\t[${constraints.join(' ')}]`]),
    ...(spreads.length === 0 ? [] : [` Preferences:   [${spreads.join(' ')}]`]),
    ...(most === 0 ? [] : [` Max Replicas Per Node:   ${most}`]),
  ];
}

function updateConfigLines(title: string, order: string, config: UpdateConfig | null): string[] {
  if (!config) return [];
  return [
    title,
    ` Parallelism:\t${config.Parallelism}`,
    ...(config.Delay > 0 ? [` Delay:\t\t${formatDuration(config.Delay)}`] : []),
    ` On failure:\t${config.FailureAction}`,
    ...(config.Monitor > 0 ? [` Monitoring Period: ${formatDuration(config.Monitor)}`] : []),
    ` Max failure ratio: ${printNumber(config.MaxFailureRatio)}`,
    ` ${order} ${config.Order}`,
  ];
}

function containerLines(spec: ContainerSpec): string[] {
  const added = spec.CapabilityAdd ?? [];
  const dropped = spec.CapabilityDrop ?? [];
  const ulimits = new Map((spec.Ulimits ?? []).map((limit) => [limit.Name, `${limit.Soft}:${limit.Hard}`]));
  return [
    'ContainerSpec:',
    ` Image:\t\t${spec.Image}`,
    ...wordsLine(' Args:\t\t', spec.Args),
    ...wordsLine(' Env:\t\t', spec.Env),
    ...(spec.Dir === '' ? [] : [` Dir:\t\t${spec.Dir}`]),
    ...(spec.Init === null ? [] : [` Init:\t\t${spec.Init}`]),
    ...(spec.User === '' ? [] : [` User: ${spec.User}`]),
    ...block('Capabilities:', [
      ...(added.length === 0 ? [] : [` Add: ${added.join(', ')}`]),
      ...(dropped.length === 0 ? [] : [` Drop: ${dropped.join(', ')}`]),
    ]),
    ...block('SysCtls:', pairLines(spec.Sysctls, ': ')),
    ...block('Ulimits:', pairLines(Object.fromEntries(ulimits), ': ')),
    ...block('Mounts:', (spec.Mounts ?? []).flatMap(mountLines)),
    ...block(
      'Configs:',
      (spec.Configs ?? []).flatMap((use) => useLines(use.File?.Name ?? '', use.ConfigName)),
    ),
    ...block(
      'Secrets:',
      (spec.Secrets ?? []).flatMap((use) => useLines(use.File?.Name ?? '', use.SecretName)),
    ),
  ];
}

/** Each word is followed by a space. */
function wordsLine(label: string, words: readonly string[] | null): string[] {
  return words === null || words.length === 0 ? [] : [`${label}${words.map((word) => `${word} `).join('')}`];
}

function mountLines(mount: NonNullable<ContainerSpec['Mounts']>[number]): string[] {
  return [
    ` Target:\t${mount.Target}`,
    `  Source:\t${mount.Source}`,
    `  ReadOnly:\t${mount.ReadOnly}`,
    `  Type:\t\t${mount.Type}`,
  ];
}

function useLines(target: string, source: string): string[] {
  return [` Target:\t${target}`, `  Source:\t${source}`];
}

function logDriverLines({ LogDriver }: TaskSpec): string[] {
  if (!LogDriver) return [];
  return [
    'Log Driver:',
    ...(LogDriver.Name === '' ? [] : [` Name:\t\t${LogDriver.Name}`]),
    ...block(' LogOpts:', pairLines(LogDriver.Options, ':       ', '  ')),
    '',
  ];
}

function resourceLines({ Resources }: TaskSpec): string[] {
  if (!Resources) return [];
  const { Limits, Reservations } = Resources;
  const isLimited = Limits !== null && (Limits.NanoCPUs > 0 || Limits.MemoryBytes > 0 || Limits.Pids > 0);
  const isReserved = Reservations !== null && (Reservations.NanoCPUs > 0 || Reservations.MemoryBytes > 0);
  return [
    'Resources:',
    ...(isReserved ? [' Reservations:', ...amountLines(Reservations)] : []),
    ...(isLimited ? [' Limits:', ...amountLines(Limits)] : []),
    ...(Limits !== null && Limits.Pids > 0 ? [`  PIDs:\t\t${Limits.Pids}`] : []),
  ];
}

function amountLines(amounts: { NanoCPUs: number; MemoryBytes: number }): string[] {
  return [
    ...(amounts.NanoCPUs > 0 ? [`  CPU:\t\t${printNumber(amounts.NanoCPUs / NANO)}`] : []),
    ...(amounts.MemoryBytes === 0 ? [] : [`  Memory:\t${formatBytes(amounts.MemoryBytes)}`]),
  ];
}

function networkLines({ service, networkNames }: ServiceView): string[] {
  const networks = service.Spec.TaskTemplate.Networks ?? [];
  if (networks.length === 0) return [];
  return [`Networks:${networks.map(({ Target }) => ` ${networkNames.get(Target) ?? Target}`).join('')} `];
}

/** Followed by a space, not by a line feed. */
function portText(ports: readonly PortConfig[]): string {
  if (ports.length === 0) return '';
  const lines = ports.flatMap((port) => [
    ` PublishedPort = ${port.PublishedPort}`,
    `  Protocol = ${port.Protocol}`,
    `  TargetPort = ${port.TargetPort}`,
    `  PublishMode = ${port.PublishMode}`,
  ]);
  return `\nPorts:\n${lines.join('\n')} `;
}

function healthText(container: ContainerSpec | null): string {
  const check = container?.Healthcheck;
  if (!check) return '';
  const lines = [
    ' Healthcheck:',
    `  Interval = ${formatDuration(check.Interval)}`,
    `  Retries = ${check.Retries}`,
    `  StartPeriod =\t${formatDuration(check.StartPeriod)}`,
    `  Timeout =\t${formatDuration(check.Timeout)}`,
  ];
  const tests = check.Test ?? [];
  if (tests.length > 0) lines.push('  Tests:', ...tests.map((test) => `\t Test = ${test}`));
  // After ports the title follows their last space on the same line.
  return `\n${lines.join('\n')}${tests.length > 0 ? ' ' : ''}`;
}
