/** What several structs of moby api/types/swarm share. */

import { bytes, type Decoded, map, number, omit, struct, text, time } from '../go/type.ts';

export const version = struct('swarm.Version', { Index: omit(number) }, { printsAs: 'Index' });

/** Every stored object begins with these. */
export const meta = { Version: omit(version), CreatedAt: omit(time), UpdatedAt: omit(time) };

export const withMeta = { embeds: { Meta: struct('swarm.Meta', meta) } };

export const annotations = { Name: omit(text), Labels: map(text) };

export const withAnnotations = { embeds: { Annotations: struct('swarm.Annotations', annotations) } };

export const driver = struct('swarm.Driver', { Name: omit(text), Options: omit(map(text)) });

export const platform = struct('swarm.Platform', { Architecture: omit(text), OS: omit(text) });

export const tlsInfo = struct('swarm.TLSInfo', {
  TrustRoot: omit(text),
  CertIssuerSubject: omit(bytes),
  CertIssuerPublicKey: omit(bytes),
});
export type TLSInfo = Decoded<typeof tlsInfo>;
