/** The registry that the simulated nodes pull from. */
import type { Swarm } from '../swarm/index.ts';
import { fakeDigest } from './fake.ts';

/** What `GET /distribution/{name}/json` answers. */
export interface Distribution {
  readonly Descriptor: { readonly mediaType: string; readonly digest: string; readonly size: number };
  readonly Platforms: readonly { readonly architecture: string; readonly os: string }[];
}

const LIST_OF_MANIFESTS = 'application/vnd.docker.distribution.manifest.list.v2+json';
const PLATFORMS = [
  { architecture: 'amd64', os: 'linux' },
  { architecture: 'arm64', os: 'linux' },
];

/** Whether a pull of an image can succeed: it is there unless it was defined as missing for everybody. */
export function isInRegistry(swarm: Swarm, image: string): boolean {
  const missing = swarm.images.get(image)?.get('missing');
  return missing === undefined || Object.keys(missing as object).length > 0;
}

/** Every image runs on the usual platforms of Linux; its digest depends on its name alone. */
export function distributionOf(image: string): Distribution {
  return {
    Descriptor: { mediaType: LIST_OF_MANIFESTS, digest: digestOf(image), size: 1610 },
    Platforms: PLATFORMS,
  };
}

/** The image with its digest, unless it has one. */
export function pinned(image: string): string {
  return image.includes('@') ? image : `${referenceOf(image)}@${digestOf(image)}`;
}

/** What is said where the registry does not tell a digest. Both the client and, for old clients, the daemon say it. */
export function digestWarning(image: string): string {
  return (
    `image ${image} could not be accessed on a registry to record\n` +
    `its digest. Each node will access ${image} independently,\n` +
    'possibly leading to different nodes running different\nversions of the image.\n'
  );
}

function digestOf(image: string): string {
  const [, given] = image.split('@');
  return given ?? fakeDigest(referenceOf(image));
}

/** The short form of a reference, with its tag and without a digest. */
function referenceOf(image: string): string {
  const short = withoutDigest(image);
  return /:[^/]*$/.test(short) ? short : `${short}:latest`;
}

function withoutDigest(image: string): string {
  return image
    .replace(/@.*$/, '')
    .replace(/^(index\.)?docker\.io\//, '')
    .replace(/^library\//, '');
}
