import type { LineCounter, YAMLParseError } from 'yaml';
import { ComposeError, type Position } from '../problem.ts';
export function explainSyntaxError(
  error: YAMLParseError,
  text: string,
  lines: LineCounter,
  at: (offset: number) => Position,
): ComposeError {
  void text;
  void lines;
  return new ComposeError('yaml', `yaml: ${error.code} ${error.message}`, at(error.pos[0]));
}
