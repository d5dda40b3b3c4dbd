import { digestWarning } from '../../docker-api/index.ts';
import { DaemonFailure, type EngineClient } from '../client.ts';
import { decode, omit, slice, struct, text } from '../go/type.ts';
import { platform } from './common-types.ts';
import { formatReference, parseReference, withDefaultTag } from './image-reference.ts';
import type { ServiceSpec } from './service-types.ts';

const distribution = struct('registry.DistributionInspect', {
  Descriptor: struct('ocispec.Descriptor', { digest: omit(text) }),
  Platforms: slice(struct('ocispec.Platform', { architecture: text, os: text })),
});

/** The spec with `:latest` on an image that has neither tag nor digest; one that does not parse stays. */
export function applyTag(spec: ServiceSpec): ServiceSpec {
  const container = spec.TaskTemplate.ContainerSpec;
  const reference = container && parseReference(container.Image);
  if (!reference) return spec;
  return withImage(spec, formatReference(withDefaultTag(reference)));
}

/**
 * The spec with the digest and the platforms that the registry names. Any failure leaves the image as it is and
 * warns instead (moby client/service_create.go, resolveContainerSpecImage).
 */
export function resolveImage(
  client: EngineClient,
  spec: ServiceSpec,
  auth: string,
): { spec: ServiceSpec; warnings: readonly string[] } {
  const image = spec.TaskTemplate.ContainerSpec?.Image ?? '';
  const headers = auth === '' ? {} : { 'X-Registry-Auth': auth };
  let answer: unknown;
  try {
    if (image === '') throw new DaemonFailure('object not found', 404);
    answer = client.get(`/distribution/${image}/json`, { headers });
  } catch (error) {
    if (!(error instanceof DaemonFailure)) throw error;
    return { spec, warnings: [digestWarning(image)] };
  }
  const { Descriptor, Platforms } = decode(distribution, answer);
  const reference = parseReference(image);
  const digested =
    reference && reference.digest === undefined && Descriptor.digest !== ''
      ? withImage(spec, formatReference({ ...reference, digest: Descriptor.digest }))
      : spec;
  return { spec: withPlatforms(digested, Platforms ?? []), warnings: [] };
}

function withImage(spec: ServiceSpec, image: string): ServiceSpec {
  const container = { ...spec.TaskTemplate.ContainerSpec!, Image: image };
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: container } };
}

function withPlatforms(spec: ServiceSpec, found: readonly { architecture: string; os: string }[]): ServiceSpec {
  if (found.length === 0) return spec;
  const placement = spec.TaskTemplate.Placement ?? { Constraints: null, Preferences: null, MaxReplicas: 0 };
  const Platforms = found.map((item) => ({
    ...decode(platform, {}),
    // Variants of arm are not told apart, so the architecture must not be asked for.
    Architecture: item.architecture.toLowerCase() === 'arm' ? '' : item.architecture,
    OS: item.os,
  }));
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, Placement: { ...placement, Platforms } } };
}
