import type { Cluster, DataObject, Network, Node, Service, Task, Volume } from '../api/index.ts';
import type { ReadView, TableView } from '../store/index.ts';

/** A view that always shows what is current, whoever has it: it outlives the manager whose store it shows. */
export class LiveView implements ReadView {
  readonly #current: () => ReadView;

  constructor(current: () => ReadView) {
    this.#current = current;
  }

  get index(): number {
    return this.#current().index;
  }
  get services(): TableView<Service> {
    return this.#current().services;
  }
  get tasks(): TableView<Task> {
    return this.#current().tasks;
  }
  get nodes(): TableView<Node> {
    return this.#current().nodes;
  }
  get clusters(): TableView<Cluster> {
    return this.#current().clusters;
  }
  get networks(): TableView<Network> {
    return this.#current().networks;
  }
  get secrets(): TableView<DataObject> {
    return this.#current().secrets;
  }
  get configs(): TableView<DataObject> {
    return this.#current().configs;
  }
  get volumes(): TableView<Volume> {
    return this.#current().volumes;
  }
}
