import { NODE_ADAPTERS, THIRD_PARTIES } from '../rules.ts';
import type { SourceFile } from '../source-file.ts';

/** Each package has its few places in `src`, and what runs in a browser has no `node:` import. */
export function checkPackages(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, imports }) =>
      imports.flatMap(({ specifier, target, line }) => {
        if (target !== undefined) return [];
        const places = specifier.startsWith('node:') ? NODE_ADAPTERS : (THIRD_PARTIES[packageOf(specifier)] ?? []);
        if (places.some((place) => path.startsWith(place))) return [];
        return [`${path}:${line} imports ${specifier}: allowed in ${places.join(', ') || 'no place'}`];
      }),
    );
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
