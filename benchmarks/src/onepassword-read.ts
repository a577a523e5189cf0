import { createClient } from "@1password/sdk";
import { createVault } from "@vaultlink/core";
import { onePassword } from "@vaultlink/provider-1password";

/** Fifty references in three vaults. */
export const REFERENCES: readonly string[] = [
  ...Array.from({ length: 48 }, (_, index) => `op://Many/item ${index}/password`),
  "op://App/db/password",
  "op://Second/alone/password",
];

/** Reads all of them, twice from nothing remembered but names, by vaultlink. `between` is called after each time. */
export async function readWithVaultlink(token: string, between: (turn: number) => Promise<void>): Promise<void> {
  const vault = createVault({
    connections: { op: onePassword() },
    cache: { ttl: 0 },
    env: { OP_SERVICE_ACCOUNT_TOKEN: token },
  });
  try {
    for (const turn of [0, 1]) {
      const settled = await vault.getMany(REFERENCES);
      if (settled.some(({ status }) => status === "rejected")) throw new Error("A secret is missing.");
      await between(turn);
    }
  } finally {
    await vault.close();
  }
}

/** Reads all of them one after another with the plain SDK, on this thread. */
export async function readWithSdk(token: string): Promise<void> {
  const client = await createClient({ auth: token, integrationName: "benchmark", integrationVersion: "1" });
  for (const reference of REFERENCES) await client.secrets.resolve(reference);
}
