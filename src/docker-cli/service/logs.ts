import { parseDuration } from '../../api/index.ts';
import type { LogFrame } from '../../docker-api/index.ts';
import { type EngineClient, unlessNotFound } from '../client.ts';
import type { CommandContext, CommandSpec } from '../command.ts';
import { inspectTask } from '../engine/objects.ts';
import { inspectService } from '../engine/services.ts';
import { CommandFailure } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { text, toggle } from '../flags/types.ts';
import { parseTimestamp } from '../go/time.ts';
import { shortId } from '../ids.ts';
import { NameResolver } from '../task/resolver.ts';

export const logs: CommandSpec = {
  use: 'logs [OPTIONS] SERVICE|TASK',
  short: 'Fetch the logs of a service or task',
  args: { exactly: 1 },
  since: '1.29',
  flags: [
    flag('details', toggle, 'Show extra details provided to logs', { since: '1.30' }),
    flag('follow', toggle, 'Follow log output', { short: 'f' }),
    flag('no-resolve', toggle, 'Do not map IDs to Names in output'),
    flag('no-task-ids', toggle, 'Do not include task IDs in output'),
    flag('no-trunc', toggle, 'Do not truncate output'),
    flag('raw', toggle, 'Do not neatly format logs', { since: '1.30' }),
    flag(
      'since',
      text,
      'Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
    ),
    flag('tail', text, 'Number of lines to show from the end of the logs (default "all")', { short: 'n' }),
    flag('timestamps', toggle, 'Show timestamps', { short: 't' }),
  ],
  run(context) {
    const { client, flags, args, output } = context;
    const target = findTarget(client, args[0]!);
    const isRaw = flags.bool('raw');
    if (target.tty && !isRaw) throw new CommandFailure('tty service logs only supported with --raw');
    const frames = (client.get(`${target.path}/logs`, { query: logQuery(context) }) ?? []) as readonly LogFrame[];
    const prefixes = new PrefixWriter(context, target.digits);
    for (const { stream, text: line } of frames) {
      if (stream === 'systemerr') throw new CommandFailure(`error from daemon in stream: ${line}`);
      const shown = isRaw ? line : prefixes.format(line);
      if (stream === 'stdout') output.out(shown);
      else output.error(shown);
    }
  },
};

interface Target {
  readonly path: string;
  readonly tty: boolean;
  /** The digits of the highest slot: shorter numbers are padded. */
  readonly digits: number;
}

function findTarget(client: EngineClient, reference: string): Target {
  const service = unlessNotFound(() => inspectService(client, reference));
  if (service) {
    const { TaskTemplate, Mode } = service.Spec;
    const replicas = Mode.Replicated?.Replicas ?? 0;
    return {
      path: `/services/${reference}`,
      tty: TaskTemplate.ContainerSpec?.TTY ?? false,
      digits: String(replicas).length,
    };
  }
  const task = unlessNotFound(() => inspectTask(client, reference));
  if (!task) throw new CommandFailure(`no such task or service: ${reference}`);
  return {
    path: `/tasks/${reference}`,
    tty: task.Spec.ContainerSpec?.TTY ?? false,
    digits: String(task.Slot).length,
  };
}

function logQuery({ flags, now }: CommandContext): Record<string, string | undefined> {
  const since = flags.string('since');
  return {
    stdout: '1',
    stderr: '1',
    since: since === '' ? undefined : unixTime(since, now()),
    timestamps: flags.bool('timestamps') ? '1' : undefined,
    // The neat form needs the details to know the task.
    details: flags.bool('details') || !flags.bool('raw') ? '1' : undefined,
    follow: flags.bool('follow') ? '1' : undefined,
    tail: flags.string('tail', 'all'),
  };
}

const NANOS_PER_MS = 1e6;

/** `42m` ago, or a timestamp, as seconds since the epoch; anything else is for the daemon to judge. */
function unixTime(since: string, now: number): string {
  if (/^([\d.]+(ns|us|µs|ms|s|m|h))+$/.test(since)) {
    return String(Math.floor((now - parseDuration(since) / NANOS_PER_MS) / 1000));
  }
  const at = parseTimestamp(since);
  return at === undefined ? since : (at / 1000).toFixed(9);
}

const NODE = 'com.docker.swarm.node.id';
const SERVICE = 'com.docker.swarm.service.id';
const TASK = 'com.docker.swarm.task.id';

/** Puts `service.slot.task@node` before each line (docker/cli cli/command/service/logs.go). */
class PrefixWriter {
  readonly #context: CommandContext;
  readonly #digits: number;
  readonly #resolver: NameResolver;
  readonly #slots = new Map<string, number>();

  constructor(context: CommandContext, digits: number) {
    this.#context = context;
    this.#digits = digits;
    this.#resolver = new NameResolver(context.client, { enabled: !context.flags.bool('no-resolve') });
  }

  format(line: string): string {
    const { flags } = this.#context;
    const parts = (flags.bool('timestamps') ? /^(\S*) (\S*) (.*)$/s : /^()(\S*) (.*)$/s).exec(line);
    if (!parts) throw new CommandFailure(`invalid context in log message: ${line}`);
    const details = new Map(parts[2]!.split(',').map((pair) => splitDetail(pair)));
    const prefix = this.#prefix(details);
    const extra = [...details]
      .filter(([key]) => ![NODE, SERVICE, TASK].includes(key))
      .map(([key, value]) => `${key}=${value}`);
    const time = flags.bool('timestamps') ? `${parts[1]} ` : '';
    return `${time}${prefix}    | ${flags.bool('details') ? `${extra.sort().join(',')} ` : ''}${parts[3]}`;
  }

  #prefix(details: ReadonlyMap<string, string>): string {
    const { flags } = this.#context;
    const node = this.#resolver.node(details.get(NODE) ?? '');
    const service = this.#resolver.service(details.get(SERVICE) ?? '');
    const id = details.get(TASK) ?? '';
    const slot = this.#slotOf(id);
    const shown = flags.bool('no-trunc') ? id : shortId(id);
    const name = `${service}.${slot}${flags.bool('no-task-ids') ? '' : `.${shown}`}`;
    return `${name}@${node}${' '.repeat(Math.max(0, this.#digits - String(slot).length))}`;
  }

  #slotOf(taskId: string): number {
    const known = this.#slots.get(taskId);
    if (known !== undefined) return known;
    const { Slot } = inspectTask(this.#context.client, taskId);
    this.#slots.set(taskId, Slot);
    return Slot;
  }
}

function splitDetail(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0
    ? [decodeURIComponent(pair), '']
    : [decodeURIComponent(pair.slice(0, at)), decodeURIComponent(pair.slice(at + 1))];
}
