/** Why docker does not convert a value of a service. The caller adds the service's name and the place. */
export class ConvertProblem extends Error {
  /** Where the value stands in the service. */
  readonly path: readonly (string | number)[];

  constructor(message: string, path: readonly (string | number)[]) {
    super(message);
    this.path = path;
  }
}
