import { startVault, type VaultStandIn } from "@vaultlink/stand-ins";
import { onTestFinished, vi } from "vitest";
import type * as Shared from "../../examples/recipes/vault.ts";
import { copyExamples, type Substitutions } from "./copy.ts";

/** The address on the pages. */
export const ADDRESS = "https://vault.example.com:8200";

/** A vault for the length of the test, with the variables that sign in to it. */
export async function lendVault(): Promise<{ readonly vault: VaultStandIn; readonly env: Record<string, string> }> {
  const vault = await startVault();
  onTestFinished(() => vault.stop());
  return { vault, env: { VAULT_TOKEN: vault.env["VAULT_TOKEN"] ?? "" } };
}

/** Loads modules of the examples into this process, with a vault behind their address; the shared one is closed at the end. */
export async function loadExamples(
  vault: VaultStandIn,
  substitutions: Substitutions = {},
): Promise<<Module>(file: string) => Promise<Module>> {
  const folder = await copyExamples({ [ADDRESS]: vault.url, ...substitutions });
  vi.stubEnv("VAULT_TOKEN", vault.env["VAULT_TOKEN"]);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    const shared = (await import(`${folder}/recipes/vault.ts`)) as typeof Shared;
    await shared.vault.close();
  });
  return async <Module>(file: string) => (await import(`${folder}/${file}`)) as Module;
}
