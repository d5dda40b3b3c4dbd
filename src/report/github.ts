/** What GitHub reads: workflow commands that annotate lines of files, and Markdown for the summary of a job. */
import type { Position } from '../compose/index.ts';

/** A command that puts a remark on a line of a file, or on the job where it has no place. */
export function annotation(level: 'error' | 'warning', at: Position | undefined, title: string, text: string): string {
  const place = at ? [`file=${property(at.file)}`, `line=${at.line}`, `col=${at.column}`] : [];
  return `::${level} ${[...place, `title=${property(title)}`].join(',')}::${data(text)}`;
}

/** How the runner of GitHub Actions wants data and properties of a command escaped. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A row of a table. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** Without what would end a cell or a row. */
function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/\s*\n\s*/g, ' ');
}

export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
