import type { Output } from '../output.ts';

/** One line of progress: what belongs to one id is one row, redrawn in place on a terminal. */
export interface ProgressUpdate {
  readonly id: string;
  readonly action: string;
  /** A bar behind the action. */
  readonly bar?: { readonly current: number; readonly total: number };
}

export interface ProgressDisplay {
  update(update: ProgressUpdate): void;
  /** A line of its own, after which no earlier row is redrawn. */
  message(text: string, id?: string): void;
}

export const QUIET_DISPLAY: ProgressDisplay = { update() {}, message() {} };

const BAR_WIDTH = 50;
/** Narrower terminals have no bars. */
const WIDEST_WITHOUT_BAR = 110;

/**
 * Prints progress as docker does (moby client/pkg/jsonmessage): line after line into a pipe, where rows that would
 * have a bar are left out; on a terminal each row is redrawn where it first appeared.
 */
export function createDisplay(output: Output): ProgressDisplay {
  return output.columns === undefined ? new PlainDisplay(output) : new TerminalDisplay(output, output.columns);
}

class PlainDisplay implements ProgressDisplay {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  update({ id, action, bar }: ProgressUpdate): void {
    if (bar && (bar.current > 0 || bar.total > 0)) return;
    this.#output.line(`${id}: ${action}`);
  }

  message(text: string, id = ''): void {
    this.#output.line(id === '' ? text : `${id}: ${text}`);
  }
}

class TerminalDisplay implements ProgressDisplay {
  readonly #output: Output;
  readonly #columns: number;
  #rows: string[] = [];

  constructor(output: Output, columns: number) {
    this.#output = output;
    this.#columns = columns;
  }

  update({ id, action, bar }: ProgressUpdate): void {
    let row = this.#rows.indexOf(id);
    if (row < 0) {
      row = this.#rows.length;
      this.#rows.push(id);
      this.#output.out('\n');
    }
    const distance = this.#rows.length - row;
    this.#output.out(`\x1b[${distance}A\x1b[2K\r${id}: ${action} ${this.#barText(bar)}\r\x1b[${distance}B`);
  }

  message(text: string, id = ''): void {
    this.#rows = [];
    this.#output.line(id === '' ? text : `${id}: ${text}`);
  }

  #barText(bar: ProgressUpdate['bar']): string {
    if (!bar || (bar.current <= 0 && bar.total <= 0) || this.#columns <= WIDEST_WITHOUT_BAR) return '';
    // The original halves the whole percentage.
    const filled = Math.min(BAR_WIDTH, Math.floor(Math.trunc((bar.current / bar.total) * 100) / 2));
    return `[${'='.repeat(filled)}>${' '.repeat(BAR_WIDTH - filled)}] `;
  }
}
