import { resolvePlain } from './scalar.ts';

/** What decides in which style a text can be written. (go.yaml.in/yaml/v3 emitterc.go, yaml_emitter_analyze_scalar) */
export interface ScalarTraits {
  readonly hasLineBreaks: boolean;
  readonly plainAllowed: boolean;
  readonly singleQuotesAllowed: boolean;
  readonly blockAllowed: boolean;
}

const LINE_BREAK = /[\r\n\u0085\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the tab and the line feed are what is kept
const UNPRINTABLE = /[^\u0009\u000a\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

export function scalarTraits(text: string): ScalarTraits {
  if (text === '') {
    return { hasLineBreaks: false, plainAllowed: true, singleQuotesAllowed: true, blockAllowed: false };
  }
  const hasLineBreaks = LINE_BREAK.test(text);
  const breakThenSpace = /[\r\n\u0085\u2028\u2029] /.test(text);
  const spaceThenBreak = / [\r\n\u0085\u2028\u2029]/.test(text);
  const isSpecial = UNPRINTABLE.test(text);
  const hasIndicator =
    /^(---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-]([ \t]|$)/.test(text) ||
    /:([ \t]|$)/.test(text) ||
    /[ \t\r\n\u0085\u2028\u2029]#/.test(text);
  const isPadded = /^[ \r\n\u0085\u2028\u2029]|[ \r\n\u0085\u2028\u2029]$/.test(text);
  const singleQuotesAllowed = !breakThenSpace && !spaceThenBreak && !text.includes('\t') && !isSpecial;
  return {
    hasLineBreaks,
    plainAllowed: singleQuotesAllowed && !isPadded && !hasLineBreaks && !hasIndicator,
    singleQuotesAllowed,
    blockAllowed: !text.endsWith(' ') && !spaceThenBreak && !isSpecial,
  };
}

const OLD_BOOLEANS = /^([yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** A text that some YAML reader would take for something else is put in double quotes. */
export function needsQuotes(text: string): boolean {
  return typeof resolvePlain(text) !== 'string' || OLD_BOOLEANS.test(text) || BASE_60.test(text);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\u0000': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

export function writeDoubleQuoted(text: string): string {
  // Go looks for a byte order mark at the start of the text for each of its characters, and escapes them all.
  const escapesAll = text.startsWith('\ufeff');
  let out = '"';
  for (const char of text) {
    const isSpecial = char === '"' || char === '\\' || char === '\t' || LINE_BREAK.test(char) || isUnprintable(char);
    const mustEscape = escapesAll || isSpecial;
    out += mustEscape ? (ESCAPES[char] ?? escapeCode(char.codePointAt(0)!)) : char;
  }
  return `${out}"`;
}

function isUnprintable(char: string): boolean {
  return char.length === 1 ? UNPRINTABLE.test(char) : true;
}

function escapeCode(code: number): string {
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** The header behind the bar, and the lines. */
export function writeLiteral(text: string, indent: number, indentStep: number): string {
  const startsBlank = /^[ \r\n\u0085\u2028\u2029]/.test(text);
  const chomping = !/[\r\n\u0085\u2028\u2029]$/.test(text)
    ? '-'
    : /(^|[\r\n\u0085\u2028\u2029])[\r\n\u0085\u2028\u2029]$/.test(text)
      ? '+'
      : '';
  const margin = ' '.repeat(indent);
  const lines = text.replace(/\n$/, '').split(/(?<=[\n\u2028\u2029])/);
  const body = lines.map((line) => (/^[\n\u2028\u2029]?$/.test(line) ? line : margin + line)).join('');
  // A line feed at the start of the text takes the place of the one behind the header: Go loses it.
  const headerEnd = text.startsWith('\n') ? '' : '\n';
  return `${startsBlank ? String(indentStep) : ''}${chomping}${headerEnd}${body}`;
}
