import { type ServiceSpec, serviceSpecFromEngine } from '../api/index.ts';
import { requireImages } from './convert/images.ts';
import { convertService } from './convert/service.ts';
import { type ComposeConfig, type LoadOptions, loadCompose } from './load.ts';
import type { Diagnostic } from './problem.ts';
import type { ComposeFile } from './sources.ts';

export interface Stack {
  /** The services' specifications by their full names (`numbers_web`), sorted, as the engine would store them. */
  readonly services: readonly ServiceSpec[];
  readonly diagnostics: readonly Diagnostic[];
  /** The merged files, to find places and names in. */
  readonly config: ComposeConfig;
}

/**
 * From Compose files to what a simulated swarm runs: load, convert and let the engine fill in its defaults. Networks,
 * secrets and configs are referred to by name; the files behind secrets are not read.
 *
 * @throws ComposeError where docker refuses the files.
 * @throws InvalidParameterError where the engine refuses a service.
 * @example
 * const stack = stackFromCompose([{ name: 'web.yml', content: 'services: {web: {image: nginx}}' }], { namespace: 'shop' });
 * stack.services[0]?.name; // 'shop_web'
 */
export function stackFromCompose(
  files: readonly ComposeFile[],
  options: LoadOptions & { readonly namespace: string },
): Stack {
  const config = loadCompose(files, options);
  requireImages(config);
  const findByName = (names: readonly string[]): ReadonlyMap<string, string> =>
    new Map(names.map((name) => [name, name]));
  const services = Object.keys(config.services)
    .sort()
    .map((name) => {
      const lookups = { namespace: options.namespace, findSecrets: findByName, findConfigs: findByName };
      return serviceSpecFromEngine(convertService(config, name, lookups));
    });
  return { services, diagnostics: config.diagnostics, config };
}
