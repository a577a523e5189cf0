/* What the packages declare, used under the strictest settings of a stranger's compiler. */
import { createVault, type LinkDefinition, SecretError, type SecretValue, type Vault } from "@vaultlink/core";
import { defineProvider, type Provider, type Session } from "@vaultlink/core/provider";
import { onePassword } from "@vaultlink/provider-1password";
import { aws } from "@vaultlink/provider-aws";
import { azure } from "@vaultlink/provider-azure";
import { hashicorp } from "@vaultlink/provider-hashicorp";
import { conformance } from "@vaultlink/testkit";

const links: Record<string, LinkDefinition> = { DB_PASSWORD: "hcv://secret/db#password" };

export function connect(): Vault {
  return createVault({
    connections: {
      aws: aws({ region: "eu-west-1" }),
      az: azure({ vaultUrl: "https://example.vault.azure.net" }),
      hcv: hashicorp({ address: "https://vault.example.com:8200" }),
      op: onePassword(),
    },
    links,
    env: process.env,
    cache: { ttl: "90m" },
  });
}

export async function read(vault: Vault): Promise<string> {
  try {
    const value: SecretValue = await vault.get("DB_PASSWORD");
    return value.reveal();
  } catch (error) {
    if (error instanceof SecretError && error.code === "not_found") return "";
    throw error;
  }
}

export const own: Provider = defineProvider({
  name: "own",
  open: async (): Promise<Session> => ({ read: async () => ({ value: "text" }) }),
});

export { conformance };
