import fc from 'fast-check';

/** What a generated file says about a service; the written form is up to {@link writeFile}. */
export interface WrittenService {
  readonly image?: string;
  readonly replicas?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly update?: {
    readonly parallelism?: number;
    readonly monitorSeconds?: number;
    readonly order?: 'start-first' | 'stop-first';
  };
  readonly memoryMiB?: number;
  readonly constraints?: readonly string[];
  readonly command?: readonly string[];
}

export type WrittenFile = Readonly<Record<string, WrittenService>>;

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const text = fc.string({ maxLength: 12 }).filter((value) => !/[$\p{C}\ufeff\u2028\u2029]/u.test(value));
const map = fc.dictionary(
  word,
  text.filter((value) => value !== ''),
  { maxKeys: 3 },
);

const service: fc.Arbitrary<WrittenService> = fc.record(
  {
    image: word,
    replicas: fc.nat(20),
    environment: map,
    labels: map,
    update: fc.record(
      {
        parallelism: fc.nat(5),
        monitorSeconds: fc.integer({ min: 1, max: 600 }),
        order: fc.constantFrom('start-first' as const, 'stop-first' as const),
      },
      { requiredKeys: [] },
    ),
    memoryMiB: fc.integer({ min: 4, max: 4096 }),
    constraints: fc.array(
      word.map((name) => `node.labels.${name}==x`),
      { maxLength: 2 },
    ),
    command: fc.array(text, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const names = ['api', 'web', 'db'];

/** One to three files about the same few services, of which the first gives each an image. */
export const files: fc.Arbitrary<readonly WrittenFile[]> = fc
  .array(fc.dictionary(fc.constantFrom(...names), service, { minKeys: 1, maxKeys: 3 }), { minLength: 1, maxLength: 3 })
  .map(([first, ...rest]) => {
    const complete = names.map((name) => [name, { image: 'base', ...first?.[name] }] as const);
    return [Object.fromEntries(complete), ...rest];
  });

/** The file as YAML. JSON is YAML, so quoting is no concern here. */
export function writeFile(file: WrittenFile): string {
  const services = Object.entries(file).map(([name, written]) => {
    const { replicas, update, memoryMiB, constraints, image, environment, labels, command } = written;
    const deploy = {
      ...(replicas !== undefined && { replicas }),
      ...(update && {
        update_config: {
          ...(update.parallelism !== undefined && { parallelism: update.parallelism }),
          ...(update.monitorSeconds !== undefined && { monitor: `${update.monitorSeconds}s` }),
          ...(update.order && { order: update.order }),
        },
      }),
      ...(memoryMiB !== undefined && { resources: { limits: { memory: `${memoryMiB}M` } } }),
      ...(constraints && { placement: { constraints } }),
    };
    return [
      name,
      {
        ...(image !== undefined && { image }),
        ...(environment && { environment }),
        ...(labels && { labels }),
        ...(command && { command }),
        ...(Object.keys(deploy).length > 0 && { deploy }),
      },
    ];
  });
  return JSON.stringify({ services: Object.fromEntries(services) }, null, 1);
}
