/** What a case belongs to. */
export type Group =
  | "contract"
  | "read"
  | "absence"
  | "refusal"
  | "faults"
  | "batch"
  | "identity"
  | "person"
  | "list"
  | "ending"
  | "leak"
  | "plugin";

/** One sentence of the contract, as a test for any runner. */
export interface Case {
  readonly group: Group;
  /** Unique; what `skip` calls it. */
  readonly name: string;
  /** Why the case is not run. */
  readonly skip?: string;
  /** Resolves if the provider keeps to the sentence, rejects with an `AssertionError` that says what to mend. */
  readonly run: () => Promise<void>;
}

/** How a provider deviates. */
export interface ConformanceOptions {
  /** Names of cases that do not apply, and why. This list is the provider's data sheet. */
  readonly skip?: Readonly<Record<string, string>>;
}
