import type { SecretValue } from "@vaultlink/core";
import { clean } from "../output/clean.ts";
import type { CliContext } from "../context.ts";

/** Says so where a value is an expired one, which answered since its vault could not be asked. */
export function tellStale(context: CliContext, name: string, { provenance }: SecretValue): void {
  if (provenance.source !== "stale") return;
  const minutes = Math.round(provenance.ageMs / 60_000);
  context.notice(
    `${clean(name)} is ${minutes} min old and expired: its vault cannot be asked (${provenance.cause ?? "unavailable"}).`,
  );
}
