/** Compose files with a fix applied, as its user would. */
import { parseDocument } from 'yaml';
import type { ComposeFile } from '../../src/compose/index.ts';
import type { Patch } from '../../src/evaluate/index.ts';

/** JSON is YAML: an override is one more file. */
export function applyFix(files: readonly ComposeFile[], patch: Patch): ComposeFile[] {
  if (patch.kind === 'override') return [...files, { name: 'fix.json', content: JSON.stringify(patch.content) }];
  return files.map((file) => {
    if (file.name !== patch.file) return file;
    const document = parseDocument(String(file.content));
    const path = patch.path.map((key) => key);
    if (!document.hasIn(path)) throw new Error(`${file.name} has nothing at ${path.join('.')}`);
    if (patch.value === undefined) document.deleteIn(path);
    else document.setIn(path, patch.value);
    return { ...file, content: document.toString() };
  });
}
