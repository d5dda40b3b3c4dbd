/**
 * A run that has to come out alike on every machine and every version of Node. It gets nothing from outside but the files
 * of the repository, in the current directory.
 */
export interface Scenario {
  readonly name: string;
  /** Everything that could differ, as plain data. */
  run(): unknown;
}
