#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { main } from './main.ts';

// A thousand rehearsals are over before V8 has earned back what it spends on inlining: with less of it they take nine tenths of
// the time on Node 20 and 22. Later ones hardly gain, and may not know the flag.
if (Number.parseInt(process.versions.node, 10) <= 22) setFlagsFromString('--max-inlined-bytecode-size-cumulative=400');

// Whoever reads may stop at any time, as `head` does: nobody is left to be told of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
process.exitCode = main(process.argv.slice(2));
