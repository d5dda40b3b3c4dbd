#!/usr/bin/env node
import { main } from './main.ts';

// Whoever reads may stop at any time, as `head` does: nobody is left to be told of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
process.exitCode = main(process.argv.slice(2));
