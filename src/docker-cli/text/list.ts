import { prefixFailure } from '../failure.ts';
import type { GoType } from '../go/type.ts';
import { map, text } from '../go/type.ts';
import { executeTemplate, TemplateFailure } from '../template/execute.ts';
import { FUNCTIONS, HEADER_FUNCTIONS } from '../template/functions.ts';
import { parseTemplate, type Template } from '../template/parse.ts';
import { typedValue } from '../template/value.ts';
import { alignColumns, LIST_LAYOUT } from './table.ts';

/** How the rows of a list look, for every value of `--format` (docker/cli, cli/command/formatter). */
export interface ListView {
  readonly row: GoType<unknown>;
  /** The heading of each field. */
  readonly headings: Readonly<Record<string, string>>;
  /** The template of the default table, without the word `table`. */
  readonly table: string;
  /** The template of `--format raw`, and with `--quiet`. */
  readonly raw: string;
  readonly rawQuiet: string;
}

export interface ListOptions {
  /** The value of `--format`, empty for the default. */
  readonly format: string;
  readonly quiet: boolean;
}

/** Whether the rows come out as a table; the list of tasks marks history only there. */
export function isTable(options: ListOptions): boolean {
  return formatOf(options, { table: '', raw: '', rawQuiet: '' }).startsWith('table');
}

/** Renders the rows. The header of a table is printed even without rows. */
export function renderList(
  view: ListView,
  rows: readonly Readonly<Record<string, unknown>>[],
  options: ListOptions,
): string {
  const format = formatOf(options, view);
  const template = compileFormat(templateText(format));
  const lines = rows
    .map((row) => `${asFormatFailure(() => executeTemplate(template, typedValue(view.row, row)))}\n`)
    .join('');
  if (!format.startsWith('table')) return lines;
  return alignColumns(`${headerOf(template, view)}\n${lines}`, LIST_LAYOUT);
}

/** A template that does not suit the headings ends where it fails, without a word. */
function headerOf(template: Template, view: ListView): string {
  try {
    return executeTemplate(template, typedValue(map(text), { ...view.headings }), HEADER_FUNCTIONS);
  } catch (error) {
    if (error instanceof TemplateFailure) return error.written;
    throw error;
  }
}

/** The `--format` that is meant: `table`, `raw` and nothing stand for the view's own templates. */
function formatOf(options: ListOptions, view: Pick<ListView, 'table' | 'raw' | 'rawQuiet'>): string {
  switch (options.format) {
    case '':
    case 'table':
      return options.quiet ? '{{.ID}}' : `table ${view.table}`;
    case 'raw':
      return options.quiet ? view.rawQuiet : view.raw;
    default:
      return options.format;
  }
}

function templateText(format: string): string {
  if (format === 'json') return '{{json .}}';
  return format
    .replace(/^table/, '')
    .replace(/^ +| +$/g, '')
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n');
}

/** Compiles the text of a `--format` option. */
export function compileFormat(format: string, name = ''): Template {
  return asFormatFailure(() => parseTemplate(format, { name, functions: new Set(Object.keys(FUNCTIONS)) }));
}

/** Both a malformed template and one that fails on a row are called a parsing error. */
export function asFormatFailure<T>(step: () => T): T {
  return prefixFailure('template parsing error', step);
}
