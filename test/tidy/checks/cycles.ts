import type { SourceFile } from '../source-file.ts';

/** No file depends on itself, through whatever others, not even by a type. Each cycle is told once, as a path. */
export function checkCycles(files: readonly SourceFile[]): string[] {
  const targets = new Map(files.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])]));
  const done = new Set<string>();
  const trail: string[] = [];
  const cycles: string[] = [];

  function follow(path: string): void {
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push(`cycle: ${[...trail.slice(start), path].join(' -> ')}`);
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const target of targets.get(path) ?? []) follow(target);
    trail.pop();
    done.add(path);
  }

  for (const { path } of files) follow(path);
  return cycles;
}
