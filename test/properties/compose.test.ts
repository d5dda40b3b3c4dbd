import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serviceSpecToEngine } from '../../src/api/index.ts';
import {
  ComposeError,
  convertStack,
  loadCompose,
  renderStackConfig,
  stackFromCompose,
} from '../../src/compose/index.ts';
import { files, type WrittenFile, type WrittenService, writeFile } from '../support/compose-arbitraries.ts';

/** Generous: the runs are many, not slow, and nothing here depends on the clock. */
const LIMIT_MS = 300_000;

function toComposeFiles(written: readonly WrittenFile[]) {
  return written.map((file, index) => ({ name: `${index}.yml`, content: writeFile(file) }));
}

/** The last value that some file gives. */
function last<T>(written: readonly WrittenFile[], name: string, pick: (service: WrittenService) => T | undefined) {
  const values = written.map((file) => file[name] && pick(file[name])).filter((value) => value !== undefined);
  return values.at(-1);
}

describe('a stack of several files', () => {
  test(
    'inspecting a service shows what the last file wrote about it',
    () => {
      fc.assert(
        fc.property(files, (written) => {
          const { services } = stackFromCompose(toComposeFiles(written), { namespace: 'st' });
          for (const spec of services) {
            const name = spec.name.slice('st_'.length);
            const shown = serviceSpecToEngine(spec);
            const container = shown.TaskTemplate!.ContainerSpec!;
            const update = written.some((file) => file[name]?.update) ? shown.UpdateConfig! : undefined;
            expect(container.Image).toBe(last(written, name, ({ image }) => image));
            expect(shown.Mode).toEqual({ Replicated: { Replicas: last(written, name, (s) => s.replicas) ?? 1 } });
            const environment = Object.assign({}, ...written.map((file) => file[name]?.environment ?? {}));
            const lines = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
            expect(container.Env ?? []).toEqual(lines.sort());
            const labels = Object.assign({}, ...written.map((file) => file[name]?.labels ?? {}));
            expect(container.Labels).toEqual({ ...labels, 'com.docker.stack.namespace': 'st' });
            expect(container.Args).toEqual(last(written, name, ({ command }) => command));
            const constraints = written.flatMap((file) => file[name]?.constraints ?? []);
            expect(shown.TaskTemplate!.Placement!.Constraints ?? []).toEqual(constraints);
            const memory = last(written, name, ({ memoryMiB }) => memoryMiB);
            expect(shown.TaskTemplate!.Resources!.Limits?.MemoryBytes).toBe(memory && memory * 1024 * 1024);
            if (!update) continue;
            expect(update.Parallelism).toBe(last(written, name, (s) => s.update?.parallelism) ?? 1);
            const monitor = last(written, name, (s) => s.update?.monitorSeconds);
            expect(update.Monitor).toBe(monitor && monitor * 1e9);
            expect(update.Order).toBe(last(written, name, (s) => s.update?.order) ?? 'stop-first');
          }
        }),
        { numRuns: 400 },
      );
    },
    LIMIT_MS,
  );

  test(
    'its printed form loads, and prints as itself',
    () => {
      fc.assert(
        fc.property(files, (written) => {
          const printed = renderStackConfig(loadCompose(toComposeFiles(written)));
          const again = loadCompose([{ name: 'printed.yml', content: printed }], { variables: 'leave' });
          expect(renderStackConfig(again)).toBe(printed);
        }),
        { numRuns: 400 },
      );
    },
    LIMIT_MS,
  );

  test(
    'every value has a place in a file that wrote it',
    () => {
      fc.assert(
        fc.property(files, (written) => {
          const config = loadCompose(toComposeFiles(written));
          for (const [name, service] of Object.entries(config.services)) {
            const image = config.positionOf(['services', name, 'image']);
            const index = Number.parseInt(image.file, 10);
            expect(written[index]![name]!.image).toBe(service.image);
            const line = writeFile(written[index]!).split('\n')[image.line - 1]!;
            expect(line.slice(image.column - 1)).toMatch(new RegExp(`^"${service.image}"`));
          }
        }),
        { numRuns: 200 },
      );
    },
    LIMIT_MS,
  );
});

interface Recorded {
  readonly files?: Readonly<Record<string, string | { readonly base64: string }>>;
}

/** Real files, valid and not: those of the recorded runs of docker. */
const recorded = (
  JSON.parse(
    readFileSync(new URL('../conformance/vectors/docker-cli/compose-merge.json', import.meta.url), 'utf8'),
  ) as readonly Recorded[]
)
  .flatMap(({ files: contents }) => Object.values(contents ?? {}))
  .filter((content) => typeof content === 'string');

const fragments = [
  '',
  ' ',
  '\n',
  '\t',
  ': ',
  '- ',
  '"',
  "'",
  '[',
  '}',
  ',',
  '*a',
  '&a ',
  '<<: ',
  '|',
  '!!int ',
  '${',
  '$$',
  '~',
  '0s',
  '-1',
  '\u0000',
  '1e999',
  '.nan',
  '{}',
  '[]',
  'null',
  '2024-01-01',
  '#',
  '?',
  '__proto__: 1',
];

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(6),
  insert: fc.constantFrom(...fragments),
});

describe('a damaged file', () => {
  test(
    'either loads or is refused with a place, and never fails otherwise',
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...recorded),
          fc.array(mutation, { minLength: 1, maxLength: 4 }),
          fc.constantFrom(...recorded),
          (base, mutations, other) => {
            const damaged = mutations.reduce((text, { at, remove, insert }) => {
              const index = Math.floor(at * text.length);
              return text.slice(0, index) + insert + text.slice(index + remove);
            }, base);
            const inputs = [
              { name: 'damaged.yml', content: damaged },
              { name: 'other.yml', content: other },
            ];
            for (const some of [inputs.slice(0, 1), inputs]) {
              try {
                const config = loadCompose(some, { env: { N: '4' } });
                expect(renderStackConfig(config)).toMatch(/^version: /);
                for (const { at } of config.diagnostics) expect(at.line).toBeGreaterThan(0);
                convertStack(config, { namespace: 'st', readFile: () => 'data' });
                stackFromCompose(some, { namespace: 'st', env: { N: '4' } });
              } catch (error) {
                if (!(error instanceof ComposeError)) throw error;
                expect(error.line).toBeGreaterThan(0);
                expect(error.file).toMatch(/^(damaged|other)\.yml$/);
              }
            }
          },
        ),
        { numRuns: 3000 },
      );
    },
    LIMIT_MS,
  );
});
