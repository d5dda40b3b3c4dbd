/** Networks, secrets and configs in the Engine API's JSON; part of the namespace that `types.ts` makes. */
import type { Driver, Meta, StringMap } from './common-types.ts';

export interface Ipam {
  readonly Driver?: string;
  readonly Options?: StringMap | null;
  readonly Config?:
    | readonly {
        readonly Subnet?: string;
        readonly IPRange?: string;
        readonly Gateway?: string;
        readonly AuxiliaryAddresses?: StringMap;
      }[]
    | null;
}

/** What `GET /networks` answers (`Id`, unlike the swarm objects). */
export interface Network {
  readonly Name: string;
  readonly Id: string;
  readonly Created: string;
  readonly Scope: string;
  readonly Driver: string;
  readonly EnableIPv4: boolean;
  readonly EnableIPv6: boolean;
  readonly IPAM: Ipam;
  readonly Internal: boolean;
  readonly Attachable: boolean;
  readonly Ingress: boolean;
  readonly ConfigFrom: { readonly Network: string };
  readonly ConfigOnly: boolean;
  readonly Containers: Readonly<Record<string, unknown>> | null;
  readonly Options: StringMap | null;
  readonly Labels: StringMap | null;
}

export interface NetworkCreateRequest {
  readonly Name: string;
  readonly Driver?: string;
  readonly Scope?: string;
  readonly EnableIPv4?: boolean;
  readonly EnableIPv6?: boolean;
  readonly IPAM?: Ipam | null;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly Ingress?: boolean;
  readonly ConfigOnly?: boolean;
  readonly ConfigFrom?: { readonly Network: string } | null;
  readonly Options?: StringMap | null;
  readonly Labels?: StringMap | null;
}

/** A network as a task's attachment shows it (swarm spelling). */
export interface NetworkAttachment {
  readonly Network: Meta & {
    readonly Spec: {
      readonly Name?: string;
      readonly Labels?: StringMap | null;
      readonly DriverConfiguration?: Driver;
      readonly IPv6Enabled?: boolean;
      readonly Internal?: boolean;
      readonly Attachable?: boolean;
      readonly Ingress?: boolean;
      readonly Scope?: string;
    };
    readonly DriverState: Driver;
  };
  readonly Addresses?: readonly string[];
}

export interface SecretSpec {
  readonly Name?: string;
  readonly Labels?: StringMap | null;
  /** Base64. */
  readonly Data?: string;
  readonly Driver?: Driver;
  readonly Templating?: Driver;
}

export interface Secret extends Meta {
  readonly Spec: SecretSpec;
}

export interface ConfigSpec {
  readonly Name?: string;
  readonly Labels?: StringMap | null;
  /** Base64. */
  readonly Data?: string;
  readonly Templating?: Driver;
}

export interface Config extends Meta {
  readonly Spec: ConfigSpec;
}
