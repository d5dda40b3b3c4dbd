import type { TLSInfo } from '../engine/common-types.ts';
import type { Node } from '../engine/node-types.ts';
import type { SwarmInfo } from '../engine/swarm-types.ts';
import { bool, rowType, text } from '../go/type.ts';
import { type ListOptions, type ListView, renderList } from '../text/list.ts';
import { compareNatural } from '../text/natural.ts';
import { prettyWord } from '../text/words.ts';

/** The list of `node ls` (docker/cli cli/command/node/formatter.go). */
const view: ListView = {
  row: rowType('*node.nodeContext', {
    Availability: text,
    EngineVersion: text,
    Hostname: text,
    ID: text,
    ManagerStatus: text,
    Self: bool,
    Status: text,
    TLSStatus: text,
  }),
  headings: {
    ID: 'ID',
    Self: '',
    Hostname: 'HOSTNAME',
    Status: 'STATUS',
    Availability: 'AVAILABILITY',
    ManagerStatus: 'MANAGER STATUS',
    EngineVersion: 'ENGINE VERSION',
    TLSStatus: 'TLS STATUS',
  },
  table:
    '{{.ID}} {{if .Self}}*{{else}} {{ end }}\\t{{.Hostname}}\\t{{.Status}}\\t{{.Availability}}\\t' +
    '{{.ManagerStatus}}\\t{{.EngineVersion}}',
  raw:
    'node_id: {{.ID}}\\nhostname: {{.Hostname}}\\nstatus: {{.Status}}\\navailability: {{.Availability}}\\n' +
    'manager_status: {{.ManagerStatus}}\\n',
  rawQuiet: 'node_id: {{.ID}}',
};

/** `swarm` is what the daemon knows of its own node; absent where it was not asked. */
export function renderNodes(nodes: readonly Node[], swarm: SwarmInfo | undefined, options: ListOptions): string {
  const rows = [...nodes]
    .sort((a, b) => compareNatural(a.Description.Hostname, b.Description.Hostname))
    .map((node) => ({
      ID: node.ID,
      Self: node.ID === (swarm?.NodeID ?? ''),
      Hostname: node.Description.Hostname,
      Status: prettyWord(node.Status.State),
      Availability: prettyWord(node.Spec.Availability),
      ManagerStatus: managerStatus(node),
      EngineVersion: node.Description.Engine.EngineVersion,
      TLSStatus: tlsStatus(node.Description.TLSInfo, swarm?.Cluster?.TLSInfo),
    }));
  return renderList(view, rows, options);
}

function managerStatus({ ManagerStatus }: Node): string {
  if (!ManagerStatus) return '';
  return ManagerStatus.Leader ? 'Leader' : prettyWord(ManagerStatus.Reachability);
}

function tlsStatus(own: TLSInfo, cluster: TLSInfo | undefined): string {
  if (!cluster || isEmptyTls(cluster) || isEmptyTls(own)) return 'Unknown';
  const isEqual =
    own.TrustRoot === cluster.TrustRoot &&
    own.CertIssuerSubject === cluster.CertIssuerSubject &&
    own.CertIssuerPublicKey === cluster.CertIssuerPublicKey;
  return isEqual ? 'Ready' : 'Needs Rotation';
}

export function isEmptyTls(info: TLSInfo): boolean {
  return info.TrustRoot === '' && info.CertIssuerSubject === '' && info.CertIssuerPublicKey === '';
}
