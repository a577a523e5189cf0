import type { SecretValue } from "@vaultlink/core";
import { clean } from "../output/clean.ts";
import type { CliContext } from "../context.ts";
import type { VaultAccess } from "./access.ts";

/**
 * Closes the vault so that credentials which it made for this call outlive it, and says so for each: ended with the command,
 * they would be given for nothing. Does nothing where there are none.
 */
export async function leaveLeased(
  context: CliContext,
  vault: VaultAccess,
  values: Iterable<readonly [string, SecretValue]>,
): Promise<void> {
  const leased = [...values].filter(([, { provenance }]) => provenance.leased === true);
  for (const [name, { provenance }] of leased) {
    const { expiresAt } = provenance;
    const until = expiresAt === undefined ? "its lease ends" : new Date(expiresAt).toISOString();
    context.notice(
      `${clean(name)} was made by the vault for this call, and lives until ${until}; a run ends what it used.`,
    );
  }
  if (leased.length > 0) await vault.close({ leases: "leave" });
}
