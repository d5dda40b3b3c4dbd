/** Names of images (github.com/distribution/reference). */

export interface ImageReference {
  /** Short for Docker Hub: `nginx`, `me/app`, `registry.local/app`. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const HOST = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${HOST}(?:\\.${HOST})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const REFERENCE = new RegExp(
  `^((?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*)(?::([\\w][\\w.-]{0,127}))?` +
    '(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$',
);
const LONGEST_NAME = 255;

/** Reads a reference as users write it. Undefined where it is none: text with capitals, 64 hexadecimal digits. */
export function parseReference(image: string): ImageReference | undefined {
  if (/^[a-f0-9]{64}$/.test(image)) return undefined;
  const { domain, path } = splitDomain(image);
  const match = REFERENCE.exec(`${domain}/${path}`);
  if (!match) return undefined;
  const [, full, tag, digest] = match;
  if (full!.length - domain.length - 1 > LONGEST_NAME) return undefined;
  return {
    name: shorten(full!, domain),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** What is wrong with an image, in the words of the original; undefined for one that is well formed or a bare digest. */
export function referenceProblem(image: string): string | undefined {
  if (/^([a-f0-9]{64}|sha256:[a-f0-9]{64})$/.test(image) || parseReference(image)) return undefined;
  const { domain, path } = splitDomain(image);
  const repository = path.split(/[:@]/, 1)[0]!;
  if (repository !== repository.toLowerCase()) {
    return `invalid reference format: repository name (${repository}) must be lowercase`;
  }
  const match = REFERENCE.exec(`${domain}/${path}`);
  if (!match) return 'invalid reference format';
  return `repository name must not be more than ${LONGEST_NAME} characters`;
}

export function formatReference({ name, tag, digest }: ImageReference): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

export function withDefaultTag(reference: ImageReference): ImageReference {
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference;
}

/** The image as lists show it: a digest beside a tag is left out. */
export function displayImage(image: string): string {
  const reference = parseReference(image);
  return reference?.tag === undefined ? image : formatReference({ name: reference.name, tag: reference.tag });
}

/** The first part is a registry if it has a dot, a colon or a capital, or is localhost. */
function splitDomain(image: string): { domain: string; path: string } {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  if (slash < 0 || (!/[.:]/.test(first) && first !== 'localhost' && first.toLowerCase() === first)) {
    return { domain: 'docker.io', path: slash < 0 ? `library/${image}` : image };
  }
  const domain = first === 'index.docker.io' ? 'docker.io' : first;
  const path = image.slice(slash + 1);
  return { domain, path: domain === 'docker.io' && !path.includes('/') ? `library/${path}` : path };
}

function shorten(full: string, domain: string): string {
  if (domain !== 'docker.io') return full;
  const path = full.slice('docker.io/'.length);
  const official = /^library\/([^/]+)$/.exec(path);
  return official ? official[1]! : path;
}
