import { CommandFailure } from '../failure.ts';

/** The fields of one record in the syntax of Go's encoding/csv, as the flags with `key=value,key=value` use it. */
export function readCsvRecord(text: string): readonly string[] {
  if (text === '') throw new CommandFailure('EOF');
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      const end = endOfQuoted(text, at);
      fields.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      if (at >= text.length) return fields;
      if (text[at] !== ',') throw csvError(at, 'extraneous or missing " in quoted-field');
    } else {
      const comma = text.indexOf(',', at);
      const field = comma < 0 ? text.slice(at) : text.slice(at, comma);
      const bare = field.indexOf('"');
      if (bare >= 0) throw csvError(at + bare, 'bare " in non-quoted-field');
      fields.push(field);
      if (comma < 0) return fields;
      at = comma;
    }
    at += 1;
  }
}

function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at += 1;
  }
  throw csvError(text.length, 'extraneous or missing " in quoted-field');
}

function csvError(column: number, reason: string): CommandFailure {
  return new CommandFailure(`parse error on line 1, column ${column + 1}: ${reason}`);
}
