/** One text of one source file, and what stands there instead. The text occurs exactly once. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A mistake, seeded on purpose. Several edits where core has two guards against the same mistake. */
export interface Mutant {
  readonly name: string;
  /** The model that must notice it. @default the one of reads and connections */
  readonly model?: "changes/run.ts";
  readonly edits: readonly Edit[];
}
