import picocolors from 'picocolors';
import type { Palette } from '../report/index.ts';

/** Whether there are to be colours is for the terminal to say, and not for the library to guess. */
const { green, red, bold, dim } = picocolors.createColors(true);

/** For terminals. */
export const COLOURS: Palette = { good: green, bad: red, strong: bold, faint: dim };
