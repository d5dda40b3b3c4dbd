import type { CommandContext, CommandSpec } from '../command.ts';
import { inspectSwarm, listNodes, updateSwarm } from '../engine/objects.ts';
import type { Swarm, SwarmSpec } from '../engine/swarm-types.ts';
import { CommandFailure } from '../failure.ts';
import { type Flags, flag } from '../flags/flag.ts';
import { quiet } from '../flags/shared.ts';
import { toggle } from '../flags/types.ts';
import { pollUntil } from '../waiting.ts';
import { pemFile } from './flag-types.ts';
import { caFlags, mergeCaFlags } from './spec-flags.ts';

const POLL_MS = 200;

export const ca: CommandSpec = {
  use: 'ca [OPTIONS]',
  short: 'Display and rotate the root CA',
  args: { exactly: 0 },
  since: '1.30',
  flags: [
    flag('ca-cert', pemFile, 'Path to the PEM-formatted root CA certificate to use for the new cluster'),
    flag('ca-key', pemFile, 'Path to the PEM-formatted root CA key to use for the new cluster'),
    flag('detach', toggle, 'Exit immediately instead of waiting for the root rotation to converge', { short: 'd' }),
    quiet('Suppress progress output'),
    flag('rotate', toggle, 'Rotate the swarm CA - if no certificate or key are provided, new ones will be generated'),
    ...caFlags,
  ],
  run(context) {
    const { client, flags } = context;
    const swarm = inspectSwarm(client);
    if (!flags.bool('rotate')) {
      const useless = ['ca-cert', 'ca-key', 'cert-expiry', 'external-ca'].find((name) => flags.changed(name));
      if (useless) throw new CommandFailure(`\`--${useless}\` flag requires the \`--rotate\` flag to update the CA`);
      printTrustRoot(context, swarm);
      return;
    }
    updateSwarm(client, { version: swarm.Version.Index, spec: rotatedSpec(swarm.Spec, flags) });
    if (flags.bool('detach')) return;
    // Docker draws two bars meanwhile; they say no more than that it goes on.
    if (!pollUntil(context, POLL_MS, () => !isRotating(context))) return;
    if (!flags.bool('quiet')) printTrustRoot(context, inspectSwarm(client));
  },
};

function rotatedSpec(spec: SwarmSpec, flags: Flags): SwarmSpec {
  const certificate = flags.string('ca-cert');
  const key = flags.string('ca-key');
  if (flags.changed('external-ca') && !flags.changed('ca-cert')) {
    throw new CommandFailure(
      "rotating to an external CA requires the `--ca-cert` flag to specify the external CA's cert - " +
        'to add an external CA with the current root CA certificate, use the `update` command instead',
    );
  }
  if (flags.changed('ca-cert') && !flags.changed('external-ca') && !flags.changed('ca-key')) {
    throw new CommandFailure(
      'the --ca-cert flag requires that a --ca-key flag and/or --external-ca flag be provided as well',
    );
  }
  const merged = mergeCaFlags(spec, flags, certificate);
  const ForceRotate = merged.CAConfig.ForceRotate + (certificate === '' && key === '' ? 1 : 0);
  return {
    ...merged,
    CAConfig: { ...merged.CAConfig, SigningCACert: certificate, SigningCAKey: key, ForceRotate },
  };
}

/** Until every node has a certificate of the new root and trusts it. */
function isRotating({ client }: CommandContext): boolean {
  const { TLSInfo, RootRotationInProgress } = inspectSwarm(client);
  const isBehind = listNodes(client).some(
    ({ Description: { TLSInfo: own } }) =>
      own.TrustRoot !== TLSInfo.TrustRoot ||
      own.CertIssuerSubject !== TLSInfo.CertIssuerSubject ||
      own.CertIssuerPublicKey !== TLSInfo.CertIssuerPublicKey,
  );
  return RootRotationInProgress || isBehind;
}

function printTrustRoot({ output }: CommandContext, { TLSInfo }: Swarm): void {
  if (TLSInfo.TrustRoot === '') throw new CommandFailure('No CA information available');
  output.line(TLSInfo.TrustRoot.trim());
}
