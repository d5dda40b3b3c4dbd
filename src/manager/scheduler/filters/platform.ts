import type { Platform } from '../../../api/index.ts';
import { countNodes, type Filter } from './filter.ts';

/** The node's platform is one of those that the image was built for (PlatformFilter). */
export const platform: Filter<readonly Platform[]> = {
  name: 'platform',
  looksAtBookings: false,
  inputOf({ spec }) {
    const platforms = spec.placement?.platforms ?? [];
    return platforms.length > 0 ? platforms : undefined;
  },
  check:
    (wanted) =>
    ({ node }) => {
      const own = node.description?.platform;
      return own !== undefined && wanted.some((candidate) => isSame(candidate, own));
    },
  explain: (nodes) => `unsupported platform on ${countNodes(nodes)}`,
  refusal(wanted, { node }) {
    const own = node.description?.platform;
    return `the image is for ${wanted.map(text).join(', ')}, the node ${own ? `is ${text(own)}` : 'reports no platform'}`;
  },
};

/** An empty field of the image's platform matches anything. */
function isSame(wanted: Platform, own: Platform): boolean {
  const architecture = normal(wanted.architecture);
  return (
    (architecture === '' || architecture === normal(own.architecture)) && (wanted.os === '' || wanted.os === own.os)
  );
}

function normal(architecture: string): string {
  if (architecture === 'x86_64') return 'amd64';
  if (architecture === 'aarch64') return 'arm64';
  return architecture;
}

function text({ os, architecture }: Platform): string {
  return `${os || 'any'}/${architecture || 'any'}`;
}
