import { InvalidParameterError, type ServiceSpec, serviceSpecFromEngine } from '../api/index.ts';
import { compareText } from '../base/index.ts';
import { requireImages } from './convert/images.ts';
import { scopedName } from './convert/namespace.ts';
import { convertService } from './convert/service.ts';
import { type ComposeConfig, type LoadOptions, loadCompose } from './load.ts';
import { ComposeError, type Diagnostic } from './problem.ts';
import type { ComposeFile } from './sources.ts';

export interface Stack {
  /** The services' specifications, sorted by name (`numbers_web`), as the engine would store them. */
  readonly services: readonly ServiceSpec[];
  readonly diagnostics: readonly Diagnostic[];
  /** The merged files, to find places and names in. */
  readonly config: ComposeConfig;
}

/**
 * From Compose files to what a simulated swarm runs: load, convert and let the engine fill in its defaults. Networks,
 * secrets and configs are referred to by name; the files behind secrets are not read.
 *
 * @throws ComposeError where docker or the engine refuses the files.
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
  const names = Object.keys(config.services).sort(compareText);
  const services = names.map((name) => specOf(config, name, options.namespace));
  return { services, diagnostics: config.diagnostics, config };
}

function specOf(config: ComposeConfig, name: string, namespace: string): ServiceSpec {
  const findByName = (names: readonly string[]): ReadonlyMap<string, string> => new Map(names.map((key) => [key, key]));
  const request = convertService(config, name, { namespace, findSecrets: findByName, findConfigs: findByName });
  try {
    return serviceSpecFromEngine(request);
  } catch (error) {
    if (!(error instanceof InvalidParameterError)) throw error;
    const { path, hint } = refusedPart(config, name, error.message);
    const at = config.positionOf(['services', name, ...path]);
    const message = `failed to create service ${scopedName(namespace, name)}: Error response from daemon: ${error.message}`;
    throw new ComposeError('convert', message, at, hint);
  }
}

/** The words of which the engine knows only some, and docker's client passes on any. */
const ENGINE_WORDS: readonly (readonly [section: string, key: string, known: string])[] = [
  ['update_config', 'failure_action', 'pause, continue or rollback'],
  ['rollback_config', 'failure_action', 'pause or continue'],
  ['restart_policy', 'condition', 'none, on-failure or any'],
];

/** The engine names the word that it refuses, neither its place nor those that it knows. */
function refusedPart(
  config: ComposeConfig,
  name: string,
  message: string,
): { readonly path: readonly string[]; readonly hint?: string } {
  const { deploy = {} } = config.services[name]!;
  const sections = deploy as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  const found = ENGINE_WORDS.find(([section, key]) => {
    const word = sections[section]?.[key];
    return typeof word === 'string' && word !== '' && message.replaceAll('"', '').endsWith(` ${word}`);
  });
  if (found) return { path: ['deploy', found[0], found[1]], hint: `write ${found[2]}` };
  return { path: message.startsWith('invalid resolution mode') ? ['deploy', 'endpoint_mode'] : [] };
}
