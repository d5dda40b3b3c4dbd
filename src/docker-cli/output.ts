/** Collects what a command prints. */
export class Output {
  /** The width of the terminal; undefined where standard output is none. */
  readonly columns: number | undefined;
  #stdout = '';
  #stderr = '';
  #both = '';

  constructor(columns: number | undefined) {
    this.columns = columns;
  }

  out(text: string): void {
    this.#stdout += text;
    this.#both += text;
  }

  line(text: string): void {
    this.out(`${text}\n`);
  }

  errorLine(text: string): void {
    this.error(`${text}\n`);
  }

  error(text: string): void {
    this.#stderr += text;
    this.#both += text;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Both streams in the order of printing: what a terminal shows. */
  get screen(): string {
    return this.#both;
  }
}
