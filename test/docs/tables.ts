/** Tables of the documentation that are made from the source. */
import { FAULT_KEYS } from '../../src/evaluate/scenario/fault-keys.ts';
import { WHICH } from '../../src/evaluate/scenario/image-keys.ts';
import type { Key, Keys } from '../../src/evaluate/scenario/key.ts';
import { SCENARIO_KEYS } from '../../src/evaluate/scenario/read.ts';
import { FAULT_KINDS, type FaultKind, PHASES } from '../../src/faults/index.ts';

const HEAD = ['Key', 'Value', 'Meaning'];

const TABLES: Readonly<Record<string, () => string>> = {
  'scenario keys': () => tableOf(HEAD, rowsOf(SCENARIO_KEYS, '')),
  'fault kinds': () =>
    tableOf(
      ['Kind', 'What happens'],
      FAULT_KINDS.map(({ kind, says }) => [`\`${kind}\``, says]),
    ),
  'fault keys': () => tableOf(['Kind', ...HEAD], FAULT_KINDS.flatMap(ownKeyRows)),
  'fault phases': () =>
    tableOf(
      ['`when`', 'strikes as soon as'],
      Object.entries(PHASES).map(([name, { says }]) => [`\`${name}\``, says]),
    ),
  'fault timing': () =>
    tableOf(
      HEAD,
      Object.entries(timingKeys()).map(([name, key]) => rowOf(name, key)),
    ),
  'which containers': () =>
    tableOf(
      HEAD,
      Object.entries(WHICH).map(([name, key]) => rowOf(name, key)),
    ),
};

/** Replaces what stands between `<!-- table: NAME -->` and `<!-- end -->`. */
export function fillTables(markdown: string): string {
  return markdown.replaceAll(/(<!-- table: (.+?) -->\n)[\s\S]*?(<!-- end -->)/g, (_, head, name, foot) => {
    const table = TABLES[name];
    if (!table) throw new Error(`there is no table ${name}`);
    return `${head}${table()}\n${foot}`;
  });
}

function rowsOf(keys: Keys, prefix: string): string[][] {
  const own = Object.entries(keys).filter(([, key]) => !OF_WHICH.has(key));
  return own.flatMap(([name, key]) => {
    const path = `${prefix}${name}`;
    return [rowOf(path, key), ...rowsOf(key.keys ?? {}, `${path}${separatorOf(key.form)}`)];
  });
}

/** They stand under many keys, and in a table of their own. */
const OF_WHICH: ReadonlySet<Key<unknown>> = new Set(Object.values(WHICH));

function rowOf(path: string, key: Key<unknown>): string[] {
  return [`\`${path}\``, key.form, key.isRequired ? `${key.says} (required)` : key.says];
}

/** The keys that a kind does not share with all others. */
function ownKeyRows({ kind }: FaultKind): string[][] {
  const shared = ['kind', ...Object.keys(timingKeys())];
  const own = Object.entries(FAULT_KEYS[kind]!).filter(([name]) => !shared.includes(name));
  return own.map(([name, key], index) => [index === 0 ? `\`${kind}\`` : '', ...rowOf(name, key)]);
}

/** The keys of every kind. */
function timingKeys(): Keys {
  const [first, ...others] = Object.values(FAULT_KEYS);
  const shared = Object.entries(first ?? {}).filter(
    ([name]) => name !== 'kind' && others.every((keys) => name in keys),
  );
  return Object.fromEntries(
    shared.map(([name, key]) => {
      const isSame = others.every((keys) => keys[name]?.says === key.says);
      return [
        name,
        isSame ? key : { ...key, says: key.says.replace(/\. Default .*/, '. The default depends on the kind') },
      ];
    }),
  );
}

function separatorOf(form: string): string {
  if (form.startsWith('list')) return '[].';
  return form.startsWith('image') ? '.IMAGE.' : '.';
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}
