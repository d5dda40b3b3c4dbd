import picocolors from 'picocolors';
import type { Palette } from '../report/index.ts';

/** For terminals. */
export const COLOURS: Palette = {
  good: picocolors.green,
  bad: picocolors.red,
  strong: picocolors.bold,
  faint: picocolors.dim,
};
