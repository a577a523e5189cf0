import type { CASE_NAMES, CaseName, Group } from "../case-names.ts";
import type { Subject } from "../subject.ts";

/** Members of a session that it may lack. */
export type Offer = "readMany" | "version" | "list" | "renew" | "release" | "revoke" | "requests";

/** A case before it knows its subject. */
export interface Definition {
  readonly group: Group;
  readonly name: CaseName;
  /** Members of the subject without which it cannot run. */
  readonly needs: ReadonlyArray<keyof Subject>;
  /** Members of the session that it is about: without them it does not apply. */
  readonly offers: readonly Offer[];
  run(subject: Subject): Promise<void>;
}

/** A subject that has these members. */
export type With<Member extends keyof Subject> = Subject & Required<Pick<Subject, Member>>;

/** Defines the cases of one group. */
export function group<Name extends Group>(
  name: Name,
): <const Member extends keyof Subject = never>(
  sentence: (typeof CASE_NAMES)[Name][number],
  needs: readonly Member[],
  run: (subject: With<Member>) => Promise<void>,
  offers?: readonly Offer[],
) => Definition {
  // `conformance` runs a case only with the members that it needs.
  return (sentence, needs, run, offers = []) => ({ group: name, name: sentence, needs, offers, run });
}
