import { ClientSecretCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { createVault } from "@vaultlink/core";
import { azure } from "@vaultlink/provider-azure";
import type { AzureStandIn } from "@vaultlink/stand-ins";

/** How the same secrets are read: by vaultlink, or by the plain SDK, one after another or all at once. */
export type AzureWay = "vaultlink" | "singly" | "at once";

/** A secret, and the address of its key vault. */
export interface BenchSecret {
  readonly vaultUrl: string;
  readonly name: string;
}

/** Reads these secrets, from new clients on. Throws if one of them is not had. */
export async function readAzure(way: AzureWay, secrets: readonly BenchSecret[], server: AzureStandIn): Promise<void> {
  const values = way === "vaultlink" ? await withVaultlink(secrets, server) : await withSdk(secrets, server, way);
  if (values.some((value) => value === undefined)) throw new Error("A secret is missing.");
}

async function withVaultlink(
  secrets: readonly BenchSecret[],
  { env }: AzureStandIn,
): Promise<readonly (string | undefined)[]> {
  const vaults = [...new Set(secrets.map(({ vaultUrl }) => vaultUrl))];
  const vault = createVault({ connections: { az: azure({ vaults }) }, env });
  try {
    const names = secrets.map(({ vaultUrl, name }) => `az://${new URL(vaultUrl).host}/${name}`);
    const settled = await vault.getMany(names);
    return settled.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.reveal() : undefined));
  } finally {
    await vault.close();
  }
}

async function withSdk(
  secrets: readonly BenchSecret[],
  { env, ca, authority }: AzureStandIn,
  way: AzureWay,
): Promise<readonly (string | undefined)[]> {
  const { AZURE_TENANT_ID = "", AZURE_CLIENT_ID = "", AZURE_CLIENT_SECRET = "" } = env;
  const tls = { tlsOptions: { ca } };
  const own = { ...tls, authorityHost: authority, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, own);
  const clients = new Map<string, SecretClient>();
  for (const { vaultUrl } of secrets) {
    const options = { ...tls, disableChallengeResourceVerification: true };
    if (!clients.has(vaultUrl)) clients.set(vaultUrl, new SecretClient(vaultUrl, credential, options));
  }
  const read = async ({ vaultUrl, name }: BenchSecret): Promise<string | undefined> =>
    (await clients.get(vaultUrl)?.getSecret(name))?.value;
  if (way === "at once") return Promise.all(secrets.map(read));
  const values: (string | undefined)[] = [];
  for (const secret of secrets) values.push(await read(secret));
  return values;
}
