import type { Engine } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import type { ReadFile } from '../environment.ts';
import type { ComposeConfig } from '../load.ts';
import { convertConfigs, convertSecrets } from './file-objects.ts';
import { convertNetworks, type StackNetworks } from './networks.ts';
import { type ConvertServiceOptions, convertService } from './service.ts';

export interface ConvertStackOptions {
  /** The name of the stack. */
  readonly namespace: string;
  /** Gives the content of the files behind secrets and configs, by absolute path. Default: there are none. */
  readonly readFile?: ReadFile;
  /** Finds ids by full names. Default: the name is the id. */
  readonly findSecrets?: ConvertServiceOptions['findSecrets'];
  readonly findConfigs?: ConvertServiceOptions['findConfigs'];
}

/** What `docker stack deploy` sends for a stack, in the Engine API's JSON. */
export interface ConvertedStack {
  readonly networks: StackNetworks;
  readonly secrets: readonly Engine.SecretSpec[];
  readonly configs: readonly Engine.ConfigSpec[];
  /** By the name in the Compose file; sorted. */
  readonly services: Readonly<Record<string, Engine.ServiceSpec>>;
}

/**
 * Converts a loaded configuration as `docker stack deploy` does, in its order: networks, secrets, configs, services.
 * Images are not resolved to digests.
 *
 * @throws ComposeError for the first thing that docker would refuse.
 */
export function convertStack(config: ComposeConfig, options: ConvertStackOptions): ConvertedStack {
  const { namespace, readFile = () => undefined } = options;
  const findByName = (names: readonly string[]): ReadonlyMap<string, string> =>
    new Map(names.map((name) => [name, name]));
  const { findSecrets = findByName, findConfigs = findByName } = options;
  const networks = convertNetworks(config, namespace);
  const secrets = convertSecrets(config, namespace, readFile);
  const configs = convertConfigs(config, namespace, readFile);
  const names = Object.keys(config.services).sort(compareText);
  const services = names.map((name) => {
    return [name, convertService(config, name, { namespace, findSecrets, findConfigs })] as const;
  });
  return { networks, secrets, configs, services: Object.fromEntries(services) };
}
