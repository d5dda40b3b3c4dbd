import { compareText } from '../../base/index.ts';
import type { EngineClient } from '../client.ts';
import type { ConfigReference, SecretReference } from '../engine/container-types.ts';
import { listStoredTexts, type StoredTextKind } from '../engine/objects.ts';
import { CommandFailure } from '../failure.ts';
import type { TextUse } from './flag-types/reference.ts';

/** The secrets of a service with their IDs, by the file that each becomes (docker/cli cli/command/service/parse.go). */
export function secretReferences(client: EngineClient, uses: readonly TextUse[]): SecretReference[] {
  if (uses.length === 0) return [];
  const sorted = byFile('secret', uses);
  const ids = lookUp(
    client,
    'secrets',
    sorted.map(({ source }) => source),
  );
  return sorted.map(({ source, file }) => ({
    File: { ...file },
    SecretID: idOf(ids, 'secret', source),
    SecretName: source,
  }));
}

/** The same for configs. `runtimeConfig` is one that the engine itself reads: a credential spec. */
export function configReferences(
  client: EngineClient,
  uses: readonly TextUse[],
  runtimeConfig?: string,
): ConfigReference[] {
  const runtime = runtimeConfig === undefined || runtimeConfig === '' ? [] : [runtimeConfig];
  if (uses.length + runtime.length === 0) return [];
  const sorted = byFile('config', uses);
  const ids = lookUp(client, 'configs', [...sorted.map(({ source }) => source), ...runtime]);
  return [
    ...sorted.map(({ source, file }) => ({
      File: { ...file },
      Runtime: null,
      ConfigID: idOf(ids, 'config', source),
      ConfigName: source,
    })),
    ...runtime.map((source) => ({
      File: null,
      Runtime: {},
      ConfigID: idOf(ids, 'config', source),
      ConfigName: source,
    })),
  ];
}

/** Docker keeps them in a map, so their order is random there. */
function byFile(kind: string, uses: readonly TextUse[]): TextUse[] {
  const files = new Set<string>();
  for (const { file, source } of uses) {
    if (files.has(file.Name)) throw new CommandFailure(`duplicate ${kind} target for ${source} not allowed`);
    files.add(file.Name);
  }
  return [...uses].sort((a, b) => compareText(a.file.Name, b.file.Name));
}

function lookUp(client: EngineClient, kind: StoredTextKind, names: readonly string[]): ReadonlyMap<string, string> {
  const found = listStoredTexts(client, kind, { name: [...new Set(names)] });
  return new Map(found.map(({ ID, Spec }) => [Spec.Name, ID]));
}

function idOf(ids: ReadonlyMap<string, string>, kind: string, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new CommandFailure(`${kind} not found: ${name}`);
  return id;
}
