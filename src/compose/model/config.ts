/**
 * A loaded Compose file. Keys are those of the file format, so that a path in a message is a path in the file. Short
 * forms are expanded: every list of ports, volumes or secrets holds the long form. Durations are nanoseconds. An absent
 * key was not written; an empty one was, though docker mostly treats both alike.
 */
import type { Nanoseconds } from '../../base/index.ts';
import type { Timestamp } from '../tree.ts';

export type StringMap = Readonly<Record<string, string>>;

/** What stands under an `x-` key: as parsed, numbers without a fraction as bigint. */
export type Extra =
  | null
  | boolean
  | string
  | number
  | bigint
  | Timestamp
  | readonly Extra[]
  | { readonly [key: string]: Extra };

export type Extras = Readonly<Record<string, Extra>>;

export interface ConfigSections {
  /** `3.0` to `3.13`. */
  readonly version: string;
  readonly services: Readonly<Record<string, ServiceConfig>>;
  readonly networks: Readonly<Record<string, NetworkConfig>>;
  readonly volumes: Readonly<Record<string, VolumeConfig>>;
  readonly secrets: Readonly<Record<string, FileObjectConfig>>;
  readonly configs: Readonly<Record<string, FileObjectConfig>>;
  /** Top-level `x-` keys, of the first file only. */
  readonly extras: Extras;
}

export interface ServiceConfig {
  readonly build?: BuildConfig;
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly cgroupns_mode?: string;
  readonly cgroup_parent?: string;
  readonly command?: readonly string[];
  readonly configs?: readonly FileReferenceConfig[];
  readonly container_name?: string;
  readonly credential_spec?: { readonly config?: string; readonly file?: string; readonly registry?: string };
  readonly depends_on?: readonly string[];
  readonly deploy?: DeployConfig;
  readonly devices?: readonly string[];
  readonly dns?: readonly string[];
  readonly dns_search?: readonly string[];
  readonly domainname?: string;
  readonly entrypoint?: readonly string[];
  /** Resolved against the environment; null: the bare name is passed. */
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly env_file?: readonly string[];
  readonly expose?: readonly string[];
  readonly external_links?: readonly string[];
  /** `name:address` */
  readonly extra_hosts?: readonly string[];
  readonly hostname?: string;
  readonly healthcheck?: HealthCheckConfig;
  readonly image?: string;
  readonly init?: boolean;
  readonly ipc?: string;
  readonly isolation?: string;
  readonly labels?: StringMap;
  readonly links?: readonly string[];
  readonly logging?: LoggingConfig;
  readonly mac_address?: string;
  readonly network_mode?: string;
  readonly networks?: Readonly<Record<string, AttachmentConfig | null>>;
  readonly pid?: string;
  readonly ports?: readonly PortConfig[];
  readonly privileged?: boolean;
  readonly read_only?: boolean;
  readonly restart?: string;
  readonly secrets?: readonly FileReferenceConfig[];
  readonly security_opt?: readonly string[];
  readonly shm_size?: string;
  readonly stdin_open?: boolean;
  readonly stop_grace_period?: Nanoseconds;
  readonly stop_signal?: string;
  readonly sysctls?: StringMap;
  readonly tmpfs?: readonly string[];
  readonly tty?: boolean;
  readonly ulimits?: Readonly<Record<string, UlimitConfig>>;
  readonly user?: string;
  readonly userns_mode?: string;
  readonly volumes?: readonly MountConfig[];
  readonly working_dir?: string;
  readonly extras?: Extras;
}

export interface BuildConfig {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly args?: Readonly<Record<string, string | null>>;
  readonly labels?: StringMap;
  readonly cache_from?: readonly string[];
  readonly extra_hosts?: readonly string[];
  readonly network?: string;
  readonly target?: string;
}

export interface LoggingConfig {
  readonly driver?: string;
  readonly options?: StringMap;
}

export interface DeployConfig {
  readonly mode?: string;
  readonly replicas?: number;
  readonly labels?: StringMap;
  readonly update_config?: UpdateConfigConfig;
  readonly rollback_config?: UpdateConfigConfig;
  readonly resources?: {
    readonly limits?: { readonly cpus?: string; readonly memory?: number; readonly pids?: number };
    readonly reservations?: {
      readonly cpus?: string;
      readonly memory?: number;
      readonly generic_resources?: readonly GenericResourceConfig[];
    };
  };
  readonly restart_policy?: {
    readonly condition?: string;
    readonly delay?: Nanoseconds;
    readonly max_attempts?: number;
    readonly window?: Nanoseconds;
  };
  readonly placement?: {
    readonly constraints?: readonly string[];
    readonly preferences?: readonly { readonly spread?: string }[];
    readonly max_replicas_per_node?: number;
  };
  readonly endpoint_mode?: string;
}

export interface UpdateConfigConfig {
  readonly parallelism?: number;
  readonly delay?: Nanoseconds;
  readonly failure_action?: string;
  readonly monitor?: Nanoseconds;
  readonly max_failure_ratio?: number;
  readonly order?: string;
}

export interface GenericResourceConfig {
  readonly discrete_resource_spec?: { readonly kind?: string; readonly value?: number };
}

export interface HealthCheckConfig {
  readonly test?: readonly string[];
  readonly timeout?: Nanoseconds;
  readonly interval?: Nanoseconds;
  readonly retries?: number;
  readonly start_period?: Nanoseconds;
  readonly start_interval?: Nanoseconds;
  readonly disable?: boolean;
}

export interface AttachmentConfig {
  readonly aliases?: readonly string[];
  readonly driver_opts?: StringMap;
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
}

export interface PortConfig {
  readonly mode?: string;
  readonly target?: number;
  readonly published?: number;
  readonly protocol?: string;
}

export interface MountConfig {
  readonly type?: string;
  readonly source?: string;
  readonly target?: string;
  readonly read_only?: boolean;
  readonly consistency?: string;
  readonly bind?: { readonly propagation?: string };
  readonly volume?: { readonly nocopy?: boolean; readonly subpath?: string };
  readonly tmpfs?: { readonly size?: number };
}

export interface FileReferenceConfig {
  readonly source?: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: number;
}

export interface UlimitConfig {
  readonly single?: number;
  readonly soft?: number;
  readonly hard?: number;
}

export interface NetworkConfig {
  readonly name?: string;
  readonly driver?: string;
  readonly driver_opts?: StringMap;
  readonly ipam?: { readonly driver?: string; readonly config?: readonly { readonly subnet?: string }[] };
  readonly external?: boolean;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly labels?: StringMap;
  readonly extras?: Extras;
}

export interface VolumeConfig {
  readonly name?: string;
  readonly driver?: string;
  readonly driver_opts?: StringMap;
  readonly external?: boolean;
  readonly labels?: StringMap;
  readonly 'x-cluster-spec'?: Readonly<Record<string, unknown>>;
  readonly extras?: Extras;
}

/** A secret or a config. */
export interface FileObjectConfig {
  readonly name?: string;
  readonly file?: string;
  readonly external?: boolean;
  readonly labels?: StringMap;
  readonly extras?: Extras;
  readonly driver?: string;
  readonly driver_opts?: StringMap;
  readonly template_driver?: string;
}
