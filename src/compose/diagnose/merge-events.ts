import { formatDuration } from '../../api/index.ts';
import { unreachable } from '../../base/index.ts';
import type { MergeEvent } from '../merge.ts';
import { type Diagnostic, formatPosition } from '../problem.ts';

/** What merging did that a reader of the files would not expect. (cli/compose/loader/merge.go) */
export function mergeDiagnostics(events: readonly MergeEvent[]): readonly Diagnostic[] {
  return events.flatMap((event) => {
    const told = tell(event);
    return told ? [{ ...told, path: event.path.join('.'), at: event.at.at }] : [];
  });
}

type Told = Pick<Diagnostic, 'code' | 'message' | 'remedy'>;

function tell(event: MergeEvent): Told | undefined {
  const key = event.path.at(-1)!;
  switch (event.kind) {
    case 'appended':
      // Most lists are meant to grow; a command that grows is another command.
      if (key !== 'test') return undefined;
      return {
        code: 'list-appended',
        message: `this test is appended to the one at ${formatPosition(event.base.at)}: the two become one command`,
        remedy: 'write the test of a health check in one of the files only',
      };
    case 'override-ignored':
      return {
        code: 'override-ignored',
        message: `${key}: ${show(key, event.written)} does not override ${show(key, event.kept)}: an empty value never wins`,
        remedy: 'take the value out of the earlier file and set it where it is wanted',
      };
    case 'collapsed': {
      const by = event.by === 'published' ? 'published port' : event.by;
      const ports = by === event.by ? '' : ', whatever the protocol, and so do all that are not published';
      return {
        code: 'entries-collapsed',
        message: `${count(event.lost.length, 'entry is', 'entries are')} lost: when files are merged, ${key} with the same ${by} count as one${ports}`,
        remedy: `give each of the ${key} a ${by} of its own, or keep the service in one file`,
      };
    }
    case 'port-added':
      return {
        code: 'port-added',
        message: `port ${event.target} is published here beside ${event.published} of ${formatPosition(event.base.at)}, and not in its place: ports are merged by the published one`,
        remedy: 'take the port out of the earlier file and write it where it is wanted, or publish the same one',
      };
    case 'entry-replaced':
      return {
        code: 'entry-replaced',
        message: `this takes the place of the whole entry of the earlier file: ${event.lost.join(', ')} ${event.lost.length === 1 ? 'is' : 'are'} lost`,
        remedy: `repeat ${event.lost.join(', ')} here, or leave the entry out`,
      };
    case 'aliases-replaced':
      return {
        code: 'aliases-replaced',
        message: `the aliases of the earlier file (${event.lost.join(', ')}) are not kept`,
        remedy: 'repeat the aliases here',
      };
    case 'options-lost':
      return {
        code: 'logging-options-lost',
        message: `docker loses these options (${event.lost.join(', ')}): the earlier file has a logging section without options`,
        remedy: 'write `options:` in the earlier file too, even an empty `options: {}`',
      };
    default:
      return unreachable(event);
  }
}

const DURATIONS = [
  'delay',
  'monitor',
  'window',
  'interval',
  'timeout',
  'start_period',
  'start_interval',
  'stop_grace_period',
];

function show(key: string, value: unknown): string {
  if (typeof value === 'number' && DURATIONS.includes(key)) return formatDuration(value);
  return JSON.stringify(value);
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
