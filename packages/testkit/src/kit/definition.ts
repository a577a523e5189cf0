import type { Group } from "../case.ts";
import type { Subject } from "../subject.ts";

/** A case before it knows its subject. */
export interface Definition {
  readonly group: Group;
  readonly name: string;
  /** Members of the subject without which it cannot run. */
  readonly needs: ReadonlyArray<keyof Subject>;
  run(subject: Subject): Promise<void>;
}

/** A subject that has these members. */
export type With<Member extends keyof Subject> = Subject & Required<Pick<Subject, Member>>;

/** Defines the cases of one group. */
export function group(
  name: Group,
): <const Member extends keyof Subject = never>(
  sentence: string,
  needs: readonly Member[],
  run: (subject: With<Member>) => Promise<void>,
) => Definition {
  // `conformance` runs a case only with the members that it needs.
  return (sentence, needs, run) => ({ group: name, name: sentence, needs, run });
}
