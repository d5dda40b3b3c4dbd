import type { Engine } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import type { ComposeConfig } from '../load.ts';
import type { AttachmentConfig, ServiceConfig, StringMap } from '../model/config.ts';
import { ComposeError } from '../problem.ts';
import { effectiveCapabilities } from './capabilities.ts';
import { convertMounts } from './mounts.ts';
import { LABEL_IMAGE, scopedName, withStackLabel } from './namespace.ts';
import { DEFAULT_NETWORK, isUserDefined } from './networks.ts';
import { ConvertProblem } from './problem.ts';
import { convertConfigReferences, convertSecretReferences, type FindIds } from './references.ts';
import * as parts from './service-parts.ts';

export interface ConvertServiceOptions {
  /** The name of the stack. */
  readonly namespace: string;
  /** Finds secrets by name. Asked once for a service that has any, before its configs. */
  readonly findSecrets: FindIds;
  readonly findConfigs: FindIds;
}

/**
 * One service as `docker stack deploy` sends it. (cli/compose/convert/service.go, Service)
 *
 * @throws ComposeError with stage `convert`, in docker's words: `service web: undefined network "x"`.
 */
export function convertService(
  config: ComposeConfig,
  name: string,
  options: ConvertServiceOptions,
): Engine.ServiceSpec {
  const service = config.services[name]!;
  try {
    const secrets = convertSecretReferences(service, config, options.namespace, options.findSecrets);
    const configs = convertConfigReferences(service, config, options.namespace, options.findConfigs);
    return serviceSpec(name, service, config, options.namespace, { secrets, configs });
  } catch (error) {
    if (!(error instanceof ConvertProblem)) throw error;
    const at = config.positionOf(['services', name, ...error.path]);
    throw new ComposeError('convert', `service ${name}: ${error.message}`, at);
  }
}

interface References {
  readonly secrets: readonly Engine.SecretReference[];
  readonly configs: readonly Engine.ConfigReference[];
}

/** In the order in which docker converts, which decides which mistake is reported. */
function serviceSpec(
  name: string,
  service: ServiceConfig,
  config: ComposeConfig,
  namespace: string,
  references: References,
): Engine.ServiceSpec {
  const deploy = service.deploy ?? {};
  const endpoint = parts.convertEndpoint(deploy.endpoint_mode, service.ports ?? []);
  const mode = parts.convertMode(deploy);
  const mounts = convertMounts(service.volumes ?? [], config.volumes, namespace);
  const resources = parts.convertResources(deploy.resources ?? {});
  const restart = parts.convertRestartPolicy(service);
  const healthcheck = parts.convertHealthCheck(service.healthcheck);
  const networks = convertAttachments(name, service, config, namespace);
  const credentials = convertCredentialSpec(service, namespace, references.configs);
  const update = parts.convertUpdateConfig(deploy.update_config);
  const rollback = parts.convertUpdateConfig(deploy.rollback_config);
  return {
    Name: scopedName(namespace, name),
    Labels: { ...withStackLabel(namespace, deploy.labels), [LABEL_IMAGE]: service.image ?? '' },
    TaskTemplate: {
      ContainerSpec: {
        ...containerSpec(service, namespace),
        ...(mounts.length > 0 && { Mounts: mounts }),
        ...(healthcheck && { Healthcheck: healthcheck }),
        ...(references.secrets.length > 0 && { Secrets: references.secrets }),
        ...(references.configs.length > 0 && { Configs: references.configs }),
        Privileges: { CredentialSpec: credentials ?? null, SELinuxContext: null, NoNewPrivileges: false },
      },
      Resources: resources,
      ...(restart && { RestartPolicy: restart }),
      Placement: convertPlacement(deploy.placement ?? {}),
      Networks: networks,
      ...(service.logging && { LogDriver: convertLogging(service.logging) }),
      ForceUpdate: 0,
    },
    Mode: mode,
    ...(update && { UpdateConfig: update }),
    ...(rollback && { RollbackConfig: rollback }),
    EndpointSpec: endpoint,
  };
}

function containerSpec(service: ServiceConfig, namespace: string): Engine.ContainerSpec {
  const capabilities = effectiveCapabilities(service.cap_add ?? [], service.cap_drop ?? []);
  const { dns, dns_search: search } = service;
  const hosts = parts.convertHosts(service.extra_hosts ?? []);
  const environment = parts.convertEnvironment(service.environment ?? {});
  const ulimits = parts.convertUlimits(service.ulimits ?? {});
  return {
    ...(service.image && { Image: service.image }),
    Labels: withStackLabel(namespace, service.labels),
    ...(service.entrypoint?.length && { Command: service.entrypoint }),
    ...(service.command?.length && { Args: service.command }),
    ...(service.hostname && { Hostname: service.hostname }),
    ...(environment.length > 0 && { Env: environment }),
    ...(service.working_dir && { Dir: service.working_dir }),
    ...(service.user && { User: service.user }),
    ...(service.init !== undefined && { Init: service.init }),
    ...(service.stop_signal && { StopSignal: service.stop_signal }),
    ...(service.tty && { TTY: true }),
    ...(service.stdin_open && { OpenStdin: true }),
    ...(service.read_only && { ReadOnly: true }),
    ...(service.stop_grace_period !== undefined && { StopGracePeriod: service.stop_grace_period }),
    ...(hosts.length > 0 && { Hosts: hosts }),
    // An empty list is one, too: what it sends is that the container has settings of its own.
    ...((dns || search) && {
      DNSConfig: { ...(dns?.length && { Nameservers: dns }), ...(search?.length && { Search: search }) },
    }),
    ...(service.isolation && { Isolation: service.isolation }),
    ...(hasEntries(service.sysctls) && { Sysctls: service.sysctls! }),
    ...(capabilities.add.length > 0 && { CapabilityAdd: capabilities.add }),
    ...(capabilities.drop.length > 0 && { CapabilityDrop: capabilities.drop }),
    ...(ulimits.length > 0 && { Ulimits: ulimits }),
  };
}

function convertAttachments(
  name: string,
  service: ServiceConfig,
  config: ComposeConfig,
  namespace: string,
): readonly Engine.NetworkAttachmentConfig[] {
  const written = Object.entries(service.networks ?? {});
  const attachments: readonly (readonly [string, AttachmentConfig | null])[] =
    written.length > 0 ? written : [[DEFAULT_NETWORK, null]];
  const converted = attachments.map(([key, attachment]) => {
    const isDeclared = Object.hasOwn(config.networks, key);
    if (!isDeclared && key !== DEFAULT_NETWORK) {
      throw new ConvertProblem(`undefined network ${JSON.stringify(key)}`, ['networks', key]);
    }
    const target = (isDeclared && config.networks[key]!.name) || scopedName(namespace, key);
    const aliases = [...(attachment?.aliases ?? []), ...(isUserDefined(target) ? [name] : [])];
    return {
      Target: target,
      ...(aliases.length > 0 && { Aliases: aliases }),
      ...(hasEntries(attachment?.driver_opts) && { DriverOpts: attachment!.driver_opts! }),
    };
  });
  return converted.sort((a, b) => compareText(a.Target, b.Target));
}

function convertPlacement(placement: NonNullable<NonNullable<ServiceConfig['deploy']>['placement']>): Engine.Placement {
  const { constraints = [], preferences = [], max_replicas_per_node: maxReplicas } = placement;
  return {
    ...(constraints.length > 0 && { Constraints: constraints }),
    ...(preferences.length > 0 && {
      Preferences: preferences.map(({ spread = '' }) => ({ Spread: { SpreadDescriptor: spread } })),
    }),
    ...(maxReplicas && { MaxReplicas: maxReplicas }),
  };
}

function convertLogging({ driver, options }: NonNullable<ServiceConfig['logging']>): Engine.Driver {
  return { ...(driver && { Name: driver }), ...(hasEntries(options) && { Options: options! }) };
}

function convertCredentialSpec(
  service: ServiceConfig,
  namespace: string,
  configs: readonly Engine.ConfigReference[],
): NonNullable<Engine.Privileges['CredentialSpec']> | undefined {
  const { config = '', file = '', registry = '' } = service.credential_spec ?? {};
  const names = [config && '"Config"', file && '"File"', registry && '"Registry"'].filter((name) => name !== '');
  const refuse = (problem: string): never => {
    throw new ConvertProblem(`invalid credential spec: ${problem}`, ['credential_spec']);
  };
  if (names.length === 0) return undefined;
  if (names.length === 2) refuse(`cannot specify both ${names[0]} and ${names[1]}`);
  if (names.length > 2) refuse(`cannot specify both ${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`);
  if (config === '') return { Config: '', File: file, Registry: registry };
  const found =
    configs.find(({ ConfigName }) => ConfigName === config) ??
    configs.find(({ ConfigName }) => ConfigName === scopedName(namespace, config));
  if (!found) return refuse(`spec specifies config ${config}, but no such config can be found`);
  return { Config: found.ConfigID, File: '', Registry: '' };
}

function hasEntries(map: StringMap | undefined): boolean {
  return map !== undefined && Object.keys(map).length > 0;
}
