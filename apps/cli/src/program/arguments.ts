/** Names of an option that takes several, separated by commas, and may be repeated. */
export const names = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(",").map((name) => name.trim()),
];

/** The values of an option that may be repeated. */
export const each = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
