/**
 * Splits a command line into words by the shell's quoting rules, without expanding anything; `#` at the start of a word
 * begins a comment. (github.com/google/shlex)
 */
export function splitShellWords(line: string): readonly string[] | { readonly problem: string } {
  const words: string[] = [];
  const chars = [...line];
  let word: string | undefined;
  for (let index = 0; index < chars.length; index += 1) {
    const char = chars[index]!;
    if (/[ \t\r\n]/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '#' && word === undefined) {
      while (index < chars.length && chars[index] !== '\n') index += 1;
    } else if (char === "'") {
      const end = chars.indexOf("'", index + 1);
      if (end < 0) return { problem: 'EOF found when expecting closing quote' };
      word = (word ?? '') + chars.slice(index + 1, end).join('');
      index = end;
    } else if (char === '"') {
      const quoted = readDoubleQuoted(chars, index + 1);
      if ('problem' in quoted) return quoted;
      word = (word ?? '') + quoted.text;
      index = quoted.end;
    } else if (char === '\\') {
      index += 1;
      if (index === chars.length) return { problem: 'EOF found after escape character' };
      word = (word ?? '') + chars[index]!;
    } else word = (word ?? '') + char;
  }
  return word === undefined ? words : [...words, word];
}

function readDoubleQuoted(
  chars: readonly string[],
  start: number,
): { readonly text: string; readonly end: number } | { readonly problem: string } {
  let text = '';
  for (let index = start; index < chars.length; index += 1) {
    if (chars[index] === '"') return { text, end: index };
    if (chars[index] === '\\') {
      index += 1;
      if (index === chars.length) return { problem: 'EOF found after escape character' };
    }
    text += chars[index]!;
  }
  return { problem: 'EOF found when expecting closing quote' };
}
