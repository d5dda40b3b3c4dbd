/** How much a page loads that imports the core: `npx tsx bench/size.ts`. immer and seedrandom's alea are in it. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { withBundle } from './bundle.ts';
import { goals } from './harness.ts';

const KIB = 1024;

const bytes = await withBundle({ minify: true, dependencies: 'inside' }, (file) => gzipSync(readFileSync(file)).length);

goals.atMost('G13 core, minified and compressed, in KiB', bytes / KIB, { gate: 40, aim: 30 });
