/** The API's words as lists show them: the first letter large, the others small (docker/cli, formatter.PrettyPrint). */
export function prettyWord(word: string): string {
  if (word.length <= 1) return word.toLowerCase();
  return word[0]!.toUpperCase() + word.slice(1).toLowerCase();
}
