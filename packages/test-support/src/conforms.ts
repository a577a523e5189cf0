import { conformance, type Subject } from "@vaultlink/testkit";
import { afterAll, it } from "vitest";

/** A subject whose servers run. */
export type Started = Subject & { stop(): Promise<void> };

/** Registers a test for each case of the kit, and stops the subject after them. A skip is shown with its reason. */
export function conforms(subject: Started, skips: Readonly<Record<string, string>>): void {
  afterAll(() => subject.stop());
  for (const { group, name, skip, run } of conformance(subject, { skip: skips })) {
    if (skip === undefined) it(`${group}: ${name}`, run);
    else it.skip(`${group}: ${name} (${skip})`, run);
  }
}
