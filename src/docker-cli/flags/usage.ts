import type { FlagSpec } from './flag.ts';

/** The `Options:` part of a help text, wrapped to the terminal (github.com/spf13/pflag, FlagUsagesWrapped). */
export function flagUsages(specs: readonly FlagSpec[], columns: number): string {
  const sorted = [...specs].sort((a, b) => (a.name < b.name ? -1 : 1));
  const heads = sorted.map((spec) => {
    const start = spec.short === undefined ? '      ' : `  -${spec.short}, `;
    return `${start}--${spec.name}${spec.type.name === '' ? '' : ` ${spec.type.name}`}`;
  });
  const indent = Math.max(0, ...heads.map((head) => head.length)) + 3;
  return sorted.map((spec, index) => `${heads[index]!.padEnd(indent)}${wrap(spec.usage, indent, columns)}\n`).join('');
}

const SHORTEST = 24;
/** The last line may be so much longer, rather than leave an orphan. */
const SLOP = 5;

function wrap(text: string, indent: number, columns: number): string {
  let margin = indent;
  let out = '';
  if (columns - margin < SHORTEST) {
    margin = 16;
    if (columns - margin < SHORTEST) return text;
    out = `\n${' '.repeat(margin)}`;
  }
  const width = columns - margin - SLOP;
  const lineStart = `\n${' '.repeat(margin)}`;
  let [line, rest] = splitLine(text, width);
  out += line.replaceAll('\n', lineStart);
  while (rest !== '') {
    [line, rest] = splitLine(rest, width);
    out += lineStart + line.replaceAll('\n', lineStart);
  }
  return out;
}

function splitLine(text: string, width: number): [string, string] {
  if (width + SLOP > text.length) return [text, ''];
  const head = text.slice(0, width);
  const space = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'));
  if (space <= 0) return [text, ''];
  const lineFeed = head.lastIndexOf('\n');
  const at = lineFeed > 0 && lineFeed < space ? lineFeed : space;
  return [text.slice(0, at), text.slice(at + 1)];
}
