/** The word that begins as the typed one does; else none. */
export function closest(typed: string, words: readonly string[]): string | undefined {
  return words.find((word) => word.startsWith(typed)) ?? words.find((word) => typed.startsWith(word));
}
