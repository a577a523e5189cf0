/** One text of one source file, by its path in the repository, and what stands there instead. The text occurs exactly once. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A mistake, seeded on purpose. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** A mistake of one text in one file. */
export const one = (name: string, file: string, from: string, to: string): Mutant => ({
  name,
  edits: [{ file, from, to }],
});
