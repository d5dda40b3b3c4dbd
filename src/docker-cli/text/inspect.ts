import { Failures } from '../failure.ts';
import { goJson } from '../go/json.ts';
import { encode, type GoType } from '../go/type.ts';
import type { Output } from '../output.ts';
import { executeTemplate } from '../template/execute.ts';
import { typedValue } from '../template/value.ts';
import { asFormatFailure, compileFormat } from './list.ts';

/**
 * What `inspect` prints of each reference: indented JSON, compact JSON (`--format json`) or a template. What was
 * found is printed even where others fail (docker/cli cli/command/inspect).
 */
export function inspect<T>(
  references: readonly string[],
  options: { type: GoType<T>; format: string; output: Output; find(reference: string): T },
): void {
  const { type, format, output } = options;
  const failures = new Failures();
  const isJson = format === '' || format === 'json';
  const template = isJson ? undefined : compileFormat(format);
  const found: unknown[] = [];
  let lines = '';
  for (const reference of references) {
    failures.attempt(() => {
      const item = options.find(reference);
      if (template) lines += `${asFormatFailure(() => executeTemplate(template, typedValue(type, item)))}\n`;
      else found.push(encode(type, item));
    });
  }
  if (!isJson) output.out(lines === '' ? '\n' : lines);
  else output.line(goJson(found, { escapeHtml: true, ...(format === '' ? { indent: 4 } : {}) }));
  failures.throwIfAny();
}
