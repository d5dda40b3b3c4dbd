import { defineConfig } from 'tsup';
import manifest from './package.json' with { type: 'json' };

/** The package's subpaths are its entries: `./raft` is `src/raft/index.ts`, and `.` is `src/index.ts`. */
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json');
const modules = Object.fromEntries(
  subpaths.map((subpath) => {
    const name = subpath.slice(2);
    return name === '' ? ['index', 'src/index.ts'] : [name, `src/${name}/index.ts`];
  }),
);

export default defineConfig({
  // The threads of an evaluation load theirs by its name.
  entry: { ...modules, bin: 'src/cli/bin.ts', 'evaluate-worker': 'src/evaluate/worker-main.ts' },
  dts: { entry: modules },
  format: ['esm', 'cjs'],
  target: 'node20',
  // `import.meta.url` in CommonJS, too.
  shims: true,
  // Subpaths share their code: an error that `dryswarm/raft` throws is an instance of the class that `dryswarm` exports.
  splitting: true,
  clean: true,
});
