import type { Engine } from '../../api/index.ts';
import { encodeBase64 } from '../base64.ts';
import { fileNotFound, type ReadFile } from '../environment.ts';
import type { ComposeConfig } from '../load.ts';
import type { FileObjectConfig } from '../model/config.ts';
import { scopedName, withStackLabel } from './namespace.ts';

/**
 * The secrets to create or update, sorted by key. (cli/compose/convert/compose.go, Secrets)
 *
 * @throws ComposeError if a file does not exist.
 */
export function convertSecrets(config: ComposeConfig, namespace: string, readFile: ReadFile): Engine.SecretSpec[] {
  return ownEntries(config.secrets).map(([key, secret]) => {
    const spec = secret.driver
      ? annotations(key, secret, namespace)
      : fileSpec(key, secret, namespace, config, readFile);
    const driver = secret.driver && { Name: secret.driver, ...(secret.driver_opts && { Options: secret.driver_opts }) };
    return { ...spec, ...(driver && { Driver: driver }), ...templating(secret) };
  });
}

/** The configs to create or update, sorted by key. */
export function convertConfigs(config: ComposeConfig, namespace: string, readFile: ReadFile): Engine.ConfigSpec[] {
  return ownEntries(config.configs).map(([key, object]) => ({
    ...fileSpec(key, object, namespace, config, readFile),
    ...templating(object),
  }));
}

function ownEntries(section: Readonly<Record<string, FileObjectConfig>>): readonly [string, FileObjectConfig][] {
  return Object.entries(section)
    .filter(([, object]) => !object.external)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function annotations(key: string, object: FileObjectConfig, namespace: string): Engine.ConfigSpec {
  return { Name: object.name || scopedName(namespace, key), Labels: withStackLabel(namespace, object.labels) };
}

function fileSpec(
  key: string,
  object: FileObjectConfig,
  namespace: string,
  config: ComposeConfig,
  readFile: ReadFile,
): Engine.ConfigSpec {
  const path = object.file ?? '';
  const content = readFile(path);
  if (content === undefined) {
    const section = config.secrets[key] === object ? 'secrets' : 'configs';
    throw fileNotFound(path, config.positionOf([section, key, 'file']));
  }
  const data = encodeBase64(content);
  return { ...annotations(key, object, namespace), ...(data && { Data: data }) };
}

function templating(object: FileObjectConfig): Pick<Engine.ConfigSpec, 'Templating'> {
  return object.template_driver ? { Templating: { Name: object.template_driver } } : {};
}
