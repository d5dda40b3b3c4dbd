import type { Engine } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import type { ConfigSections, FileObjectConfig, FileReferenceConfig, ServiceConfig } from '../model/config.ts';
import { scopedName } from './namespace.ts';
import { ConvertProblem } from './problem.ts';

/** Finds the ids of secrets or configs by their full names; a name that is missing does not exist. */
export type FindIds = (names: readonly string[]) => ReadonlyMap<string, string>;

interface Reference {
  readonly name: string;
  /** Absent: the engine itself uses the config. */
  readonly file?: Engine.FileTarget;
}

/** (cli/compose/convert/service.go, convertServiceSecrets; cli/command/service/parse.go) */
export function convertSecretReferences(
  service: ServiceConfig,
  config: ConfigSections,
  namespace: string,
  findIds: FindIds,
): readonly Engine.SecretReference[] {
  const references = (service.secrets ?? []).map((secret, index) =>
    fileReference(secret, config.secrets, 'secret', namespace, ['secrets', index]),
  );
  return withIds(references, 'secret', ['secrets'], findIds).map(({ name, id, file }) => ({
    File: file!,
    SecretID: id,
    SecretName: name,
  }));
}

/** A credential spec that is kept in a config needs a reference of its own, without a file. */
export function convertConfigReferences(
  service: ServiceConfig,
  config: ConfigSections,
  namespace: string,
  findIds: FindIds,
): readonly Engine.ConfigReference[] {
  const references: Reference[] = (service.configs ?? []).map((object, index) =>
    fileReference(object, config.configs, 'config', namespace, ['configs', index]),
  );
  const credentials = service.credential_spec?.config;
  if (credentials) {
    const object = declared(credentials, config.configs, 'config', ['credential_spec', 'config']);
    references.push({ name: object.name || scopedName(namespace, credentials) });
  }
  return withIds(references, 'config', ['configs'], findIds).map(({ name, id, file }) => ({
    ...(file ? { File: file } : { Runtime: {} }),
    ConfigID: id,
    ConfigName: name,
  }));
}

function fileReference(
  reference: FileReferenceConfig,
  objects: Readonly<Record<string, FileObjectConfig>>,
  noun: 'secret' | 'config',
  namespace: string,
  path: readonly (string | number)[],
): Reference {
  const source = reference.source ?? '';
  const object = declared(source, objects, noun, path);
  return {
    name: object.name || scopedName(namespace, source),
    file: {
      Name: reference.target || source,
      UID: reference.uid || '0',
      GID: reference.gid || '0',
      Mode: reference.mode ?? 0o444,
    },
  };
}

function declared(
  key: string,
  objects: Readonly<Record<string, FileObjectConfig>>,
  noun: string,
  path: readonly (string | number)[],
): FileObjectConfig {
  if (!Object.hasOwn(objects, key)) throw new ConvertProblem(`undefined ${noun} ${JSON.stringify(key)}`, path);
  return objects[key]!;
}

function withIds(
  references: readonly Reference[],
  noun: 'secret' | 'config',
  path: readonly string[],
  findIds: FindIds,
): readonly (Reference & { readonly id: string })[] {
  if (references.length === 0) return [];
  const targets = new Set<string>();
  for (const { name, file } of references) {
    if (!file) continue;
    if (targets.has(file.Name)) throw new ConvertProblem(`duplicate ${noun} target for ${name} not allowed`, path);
    targets.add(file.Name);
  }
  const ids = findIds([...new Set(references.map(({ name }) => name))].sort(compareText));
  const found = references.map((reference) => {
    const id = ids.get(reference.name);
    if (id === undefined) throw new ConvertProblem(`${noun} not found: ${reference.name}`, path);
    return { ...reference, id };
  });
  return found.sort((a, b) => compareText(a.name, b.name));
}
