/** What a client may ask of the control API, as data. Ids are full ids: looking up names is the client's part. */
import type {
  Cluster,
  ClusterSpec,
  DataObject,
  Network,
  NetworkSpec,
  Node,
  NodeSpec,
  Service,
  ServiceSpec,
  SwarmSecret,
} from '../../api/index.ts';

export type ApiRequest =
  | { readonly op: 'createService'; readonly spec: ServiceSpec }
  | {
      readonly op: 'updateService';
      readonly id: string;
      /** The version that the request was based on; another one in the store refuses it. */
      readonly version: number;
      readonly spec: ServiceSpec;
      /** Back to the previous specification; `spec` is then checked and not used. */
      readonly rollback?: 'previous';
    }
  | { readonly op: 'removeService'; readonly id: string }
  | { readonly op: 'updateNode'; readonly id: string; readonly version: number; readonly spec: NodeSpec }
  | { readonly op: 'removeNode'; readonly id: string; readonly force: boolean }
  | {
      readonly op: 'updateCluster';
      readonly id: string;
      readonly version: number;
      readonly spec: ClusterSpec;
      readonly rotate?: readonly SwarmSecret[];
    }
  | { readonly op: 'createNetwork'; readonly spec: NetworkSpec }
  | { readonly op: 'removeNetwork'; readonly id: string }
  | { readonly op: 'createSecret' | 'createConfig'; readonly spec: DataObject['spec'] }
  | {
      readonly op: 'updateSecret' | 'updateConfig';
      readonly id: string;
      readonly version: number;
      readonly spec: DataObject['spec'];
    }
  | { readonly op: 'removeSecret' | 'removeConfig'; readonly id: string };

/** The object as it was written, or nothing for a removal. */
export type ApiAnswer = Service | Node | Cluster | Network | DataObject | undefined;
