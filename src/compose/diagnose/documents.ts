import { parsePortSpec } from '../forms/port-spec.ts';
import { goText } from '../go-text.ts';
import type { Diagnostic } from '../problem.ts';
import { type Lookup, type Misread, misreadVariables, unsetVariables } from '../template.ts';
import { child, entriesOf, entry, type Mapping, type Node } from '../tree.ts';
import type { Loaded } from './loaded.ts';

/** What can only be seen in the files themselves, because loading leaves no trace of it. */
export function documentDiagnostics({ documents, complete, lookup }: Loaded): readonly Diagnostic[] {
  return [
    ...documents.flatMap(ignoredDocument),
    ...documents.slice(1).flatMap(droppedExtensions),
    ...documents.flatMap((document) => (lookup ? unset(document, [], lookup) : [])),
    ...complete.flatMap(hostAddresses),
    ...complete.flatMap(externalNames),
    ...complete.flatMap(lostKeys),
  ];
}

function ignoredDocument({ nextDocument: at }: Mapping): readonly Diagnostic[] {
  if (!at) return [];
  const message = 'everything from here on is ignored: of a file with several documents docker reads the first';
  return [
    { code: 'document-ignored', message, remedy: 'make it a file of its own, and name that as well', path: '', at },
  ];
}

function droppedExtensions(document: Mapping): readonly Diagnostic[] {
  return document.entries
    .filter(({ key }) => key.startsWith('x-'))
    .map(({ key, keyAt }) => ({
      code: 'top-level-key-dropped',
      message: `\`${key}\` is dropped: top-level x- keys are taken from the first file only`,
      remedy: 'move it to the first file, or leave it here if only the anchors in it are used',
      path: key,
      at: keyAt,
    }));
}

function unset(node: Node, path: readonly string[], lookup: Lookup): readonly Diagnostic[] {
  if (node.kind === 'mapping') return node.entries.flatMap(({ key, value }) => unset(value, [...path, key], lookup));
  if (node.kind === 'sequence')
    return node.items.flatMap((item, index) => unset(item, [...path, String(index)], lookup));
  if (typeof node.value !== 'string') return [];
  const place = { path: path.join('.'), at: node.at };
  return [
    ...misreadVariables(node.value).map((misread) => ({ ...misreading(misread), ...place })),
    ...unsetVariables(node.value, lookup).map((name) => ({
      code: 'unset-variable' as const,
      message: `the variable ${name} is not set: nothing takes its place, and docker does not warn`,
      remedy: `set ${name}, or write \${${name}:?message} to be told or \${${name}:-default}`,
      ...place,
    })),
  ];
}

function misreading({ name, text, isBare }: Misread): Pick<Diagnostic, 'code' | 'message' | 'remedy'> {
  if (isBare)
    return {
      code: 'text-as-default',
      message: `"${text}" after $${name} is not kept: without braces it is what takes the place of ${name} where that is not set`,
      remedy: `write \${${name}} in braces`,
    };
  return {
    code: 'nested-default',
    message: `"${text}" is taken as it stands, up to the first }: there are no variables within a default or a message`,
    remedy: 'set the variable before docker reads the file, or leave the inner one out',
  };
}

function hostAddresses(document: Mapping): readonly Diagnostic[] {
  return services(document).flatMap(([name, service]) => {
    const ports = child(service, 'ports');
    return (ports?.kind === 'sequence' ? ports.items : []).flatMap((item, index): readonly Diagnostic[] => {
      const hostIp = item.kind === 'scalar' ? parsePortSpec(goText(item))?.hostIp : undefined;
      if (!hostIp) return [];
      const message = `the address ${hostIp} is ignored: a published port listens on every address of every node`;
      const path = `services.${name}.ports.${index}`;
      return [{ code: 'host-ip-ignored', message, remedy: 'remove the address', path, at: item.at }];
    });
  });
}

function externalNames(document: Mapping): readonly Diagnostic[] {
  return ['networks', 'volumes', 'secrets', 'configs'].flatMap((section) =>
    entriesOf(child(document, section)).flatMap(({ key, value }): readonly Diagnostic[] => {
      const name = entry(child(value, 'external'), 'name');
      if (!name) return [];
      const message = '`external.name` is deprecated';
      const remedy = `write \`external: true\` and \`name: ${goText(name.value)}\``;
      const path = `${section}.${key}.external.name`;
      return [{ code: 'external-name-deprecated', message, remedy, path, at: name.keyAt }];
    }),
  );
}

/** The schema knows `oom_score_adj`, docker's decoder does not. */
function lostKeys(document: Mapping): readonly Diagnostic[] {
  return services(document).flatMap(([name, service]): readonly Diagnostic[] => {
    const found = entry(service, 'oom_score_adj');
    if (!found) return [];
    const message = '`oom_score_adj` is ignored: docker accepts it and then loses it';
    const path = `services.${name}.oom_score_adj`;
    return [{ code: 'ignored-key', message, remedy: 'remove `oom_score_adj`', path, at: found.keyAt }];
  });
}

function services(document: Mapping): readonly (readonly [string, Node])[] {
  return entriesOf(child(document, 'services')).map(({ key, value }) => [key, value]);
}
