import { conformance, type Skips, type Subject, toVitest } from "@vaultlink/testkit";
import { afterAll, it } from "vitest";

/** A subject whose servers run. */
export type Started = Subject & { stop(): Promise<void> };

/** How long a case of a vendor's SDK may take, in ms, on a busy machine: some take seconds to start. */
const LIMIT_MS = 300_000;

/** Registers a test for each case of the kit, and stops the subject after them. A skip is shown with its reason. */
export function conforms(subject: Started, skips: Skips): void {
  afterAll(() => subject.stop());
  toVitest(conformance(subject, { skip: skips, timeLimitMs: LIMIT_MS }), it);
}
