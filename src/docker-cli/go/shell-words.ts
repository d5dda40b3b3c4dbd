import { CommandFailure } from '../failure.ts';

/** Words split by shell quoting rules, without expansion (github.com/google/shlex). */
export function splitShellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    at += 1;
    if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '#' && word === undefined) {
      const lineEnd = text.indexOf('\n', at);
      at = lineEnd < 0 ? text.length : lineEnd;
    } else if (char === "'") {
      const end = text.indexOf("'", at);
      if (end < 0) throw new CommandFailure('EOF found when expecting closing quote');
      word = (word ?? '') + text.slice(at, end);
      at = end + 1;
    } else if (char === '"') {
      [word, at] = readDoubleQuoted(text, at, word ?? '');
    } else if (char === '\\') {
      if (at >= text.length) throw new CommandFailure('EOF found after escape character');
      word = (word ?? '') + text[at]!;
      at += 1;
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

function readDoubleQuoted(text: string, start: number, before: string): [string, number] {
  let word = before;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '"') return [word, at + 1];
    if (text[at] === '\\') {
      at += 1;
      if (at >= text.length) throw new CommandFailure('EOF found after escape character');
    }
    word += text[at]!;
  }
  throw new CommandFailure('EOF found when expecting closing quote');
}
