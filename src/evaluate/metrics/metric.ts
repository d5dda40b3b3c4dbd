import type { ServiceHistory } from '../history.ts';

/** A figure about one service in one rehearsal. A new one is a file in this folder and a line in its index. */
export interface Metric<V> {
  readonly name: string;
  /** What it says, for reports and documentation. */
  readonly describe: string;
  measure(history: ServiceHistory): V;
}
