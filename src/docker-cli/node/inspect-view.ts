import { formatBytes } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import type { Node } from '../engine/node-types.ts';
import { formatGoTime } from '../go/time.ts';
import { sortedPairs } from '../text/pairs.ts';
import { prettyWord } from '../text/words.ts';
import { isEmptyTls } from './list-view.ts';

const NANO = 1e9;

/** `node inspect --pretty` (docker/cli cli/command/node/formatter.go). */
export function renderNode(node: Node): string {
  const { Description, ManagerStatus, Spec, Status } = node;
  const { Engine, Platform, Resources, TLSInfo } = Description;
  const plugins = pluginsByType(Engine.Plugins ?? []);
  const lines = [
    `ID:\t\t\t${node.ID}`,
    ...(Spec.Name === '' ? [] : [`Name:\t\t\t${Spec.Name}`]),
    ...block('Labels:', labelLines(Spec.Labels)),
    `Hostname:              \t${Description.Hostname}`,
    `Joined at:             \t${prettyWord(formatGoTime(node.CreatedAt))}`,
    'Status:',
    ` State:\t\t\t${prettyWord(Status.State)}`,
    ...(Status.Message === '' ? [] : [` Message:              \t${prettyWord(Status.Message)}`]),
    ` Availability:         \t${prettyWord(Spec.Availability)}`,
    ...(Status.Addr === '' ? [] : [` Address:\t\t${Status.Addr}`]),
    ...(ManagerStatus ? managerLines(ManagerStatus) : []),
    'Platform:',
    ` Operating System:\t${Platform.OS}`,
    ` Architecture:\t\t${Platform.Architecture}`,
    'Resources:',
    ` CPUs:\t\t\t${Math.trunc(Resources.NanoCPUs / NANO)}`,
    ` Memory:\t\t${Resources.MemoryBytes === 0 ? '' : formatBytes(Resources.MemoryBytes)}`,
    ...block(
      'Plugins:',
      plugins.map(([type, names]) => ` ${type}:\t\t${names}`),
    ),
    `Engine Version:\t\t${Engine.EngineVersion}`,
    ...block('Engine Labels:', labelLines(Engine.Labels)),
    ...(isEmptyTls(TLSInfo) ? [] : tlsLines(TLSInfo)),
  ];
  return lines.join('\n');
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function labelLines(labels: Readonly<Record<string, string>> | null): string[] {
  return sortedPairs(labels).map(([key, value]) => ` - ${key}${value === '' ? '' : `=${value}`}`);
}

function managerLines(status: NonNullable<Node['ManagerStatus']>): string[] {
  return [
    'Manager Status:',
    ` Address:\t\t${status.Addr}`,
    ` Raft Status:\t\t${prettyWord(status.Reachability)}`,
    ` Leader:\t\t${status.Leader ? 'Yes' : 'No'}`,
  ];
}

function pluginsByType(plugins: readonly { Type: string; Name: string }[]): [string, string][] {
  const types = [...new Set(plugins.map(({ Type }) => Type))].sort(compareText);
  return types.map((type) => [
    type,
    plugins
      .filter(({ Type }) => Type === type)
      .map(({ Name }) => Name)
      .join(', '),
  ]);
}

function tlsLines(info: Node['Description']['TLSInfo']): string[] {
  return [
    'TLS Info:',
    ' TrustRoot:',
    info.TrustRoot,
    ` Issuer Subject:\t${info.CertIssuerSubject}`,
    ` Issuer Public Key:\t${info.CertIssuerPublicKey}`,
  ];
}
