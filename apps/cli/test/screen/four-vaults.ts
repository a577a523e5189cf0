import { startAws, startAzure, startOnePassword, startVault, type VaultStandIn } from "@vaultlink/stand-ins";
import { onTestFinished } from "vitest";
import { openShell, type Shell } from "../shell.ts";

/** A user of all four vaults, with a name for a secret of each. */
export interface FourVaults {
  readonly shell: Shell;
  /** What the user's environment says besides. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly vault: VaultStandIn;
  /** How often each vault was asked for something. */
  readonly asked: () => Readonly<Record<"hcv" | "aws" | "az" | "op", number>>;
}

/** The names, what they stand for, and the value of each. */
export const NAMES = {
  HCV_PASSWORD: {
    reference: "hcv://secret/app/db#password",
    value: "vlcanary-db-password-2",
    other: "hcv://secret/app/api#key",
  },
  AWS_PASSWORD: { reference: "aws://app/db#password", value: "vlcanary-db-password-3", other: "aws://app/api-key" },
  AZ_PASSWORD: { reference: "az://db#password", value: "vlcanary-db-password-2", other: "az://api-key" },
  OP_PASSWORD: { reference: "op://App/db/password", value: "vlcanary-db-password", other: "op://App/db/username" },
} as const;

/** Stand-ins for all four, whose user is signed in to each by what is found there. */
export async function startFourVaults(): Promise<FourVaults> {
  const [vault, aws, azure, op] = await Promise.all([startVault(), startAws(), startAzure(), startOnePassword()]);
  const [home, tools] = await Promise.all([aws.home(), azure.tools()]);
  onTestFinished(async () => {
    await Promise.all([home.remove(), tools.remove(), vault.stop(), aws.stop(), azure.stop(), op.stop()]);
  });
  await tools.azGives(azure.issue("app"), Date.now() + 3_600_000);
  const { AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS } = azure.env;
  const shell = await openShell();
  await shell.writeUser({
    version: 1,
    connections: {
      hcv: { provider: "hashicorp", address: vault.url },
      aws: { provider: "aws", auth: { profile: "dev" } },
      az: { provider: "azure", vaultUrl: azure.url, auth: { method: "cli" } },
      op: { provider: "1password" },
    },
  });
  const links = Object.entries(NAMES).map(([name, { reference }]) => [name, reference] as const);
  await shell.writeProject({ version: 1, links: Object.fromEntries(links) });
  return {
    ...{ shell, vault },
    env: {
      ...{ HOME: home.path, AWS_ENDPOINT_URL: aws.url, AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS, ...op.env },
      PATH: `${tools.path}:${process.env["PATH"] ?? ""}`,
      VAULT_TOKEN: vault.credentials["app"]?.token,
    },
    asked: () => ({ hcv: vault.log.count(), aws: aws.log.count(), az: azure.log.count(), op: op.log.count() }),
  };
}
