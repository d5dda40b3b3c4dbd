/** What a short volume form says; a bind's source is not made absolute yet. */
export interface VolumeSpec {
  readonly type: 'volume' | 'bind';
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly noCopy: boolean;
  readonly propagation: string | undefined;
}

const PROPAGATIONS = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

/**
 * Reads `[source:]target[:mode[,mode...]]`. A single letter before a colon is taken for a Windows drive, wherever it
 * stands, so `v:/v` is an anonymous volume with the target `v:/v`. (cli internal/volumespec)
 */
export function parseVolumeSpec(spec: string): VolumeSpec | { readonly problem: string } {
  if (spec === '') return { problem: 'invalid empty volume spec' };
  if (spec.length <= 2) return { ...EMPTY, target: spec };
  const sections = splitSections(spec);
  if (sections.slice(0, 3).includes('')) return { problem: `invalid spec: ${spec}: empty section between colons` };
  if (sections.length > 3) return { problem: `invalid spec: ${spec}: too many colons` };
  if (sections.length === 1) return { ...EMPTY, target: sections[0]! };
  const [source = '', target = '', modes = ''] = sections;
  return { ...EMPTY, source, target, type: isFilePath(source) ? 'bind' : 'volume', ...readModes(modes) };
}

const EMPTY: VolumeSpec = {
  type: 'volume',
  source: '',
  target: '',
  readOnly: false,
  noCopy: false,
  propagation: undefined,
};

function splitSections(spec: string): string[] {
  const sections: string[] = [];
  let section = '';
  for (const char of spec) {
    if (char === ':' && !/^\p{L}$/u.test(section)) {
      sections.push(section);
      section = '';
    } else section += char;
  }
  return [...sections, section];
}

/** Words that mean nothing here are ignored, as docker does. */
function readModes(modes: string): Partial<VolumeSpec> {
  let readOnly = false;
  let noCopy = false;
  let propagation: string | undefined;
  for (const mode of modes.split(',')) {
    if (mode === 'ro' || mode === 'rw') readOnly = mode === 'ro';
    else if (mode === 'nocopy') noCopy = true;
    else if (PROPAGATIONS.includes(mode)) propagation = mode;
  }
  return { readOnly, noCopy, propagation };
}

function isFilePath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source);
}
