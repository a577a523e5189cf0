import { AZURE_SEED, type AzureStandIn, type AzureTools } from "@vaultlink/stand-ins";
import { onTestFinished } from "vitest";
import type { AzureOptions } from "../../src/index.ts";
import { context, type Env, type Lent, locator, textOf, withSession } from "../support.ts";

/** What identity an application, a person or a machine of the seed must have. */
export function identityOf(label: string, tenant: string = AZURE_SEED.tenant): string {
  const who = AZURE_SEED.applications[label] ?? AZURE_SEED.people[label] ?? AZURE_SEED.machines[label];
  if (who === undefined) throw new Error("The seed has nobody of this name.");
  return `${who.upn ?? who.clientId}@${tenant}#${who.objectId}`;
}

/** Opens, reads one secret, and says who did. */
export function whoReads(options: AzureOptions, lent: Lent, path = "api-key"): Promise<string | undefined> {
  return withSession(options, lent, async (session) => {
    textOf(await session.read(locator(path), context()));
    return session.identity;
  });
}

/** Where everything is, and nobody who signs in. */
export function bare({ env, tenant = true }: { readonly env: Env; readonly tenant?: boolean }): Env {
  const { AZURE_KEYVAULT_URL = "", AZURE_AUTHORITY_HOST = "", NODE_EXTRA_CA_CERTS = "", AZURE_TENANT_ID = "" } = env;
  return { AZURE_KEYVAULT_URL, AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS, ...(tenant && { AZURE_TENANT_ID }) };
}

/** A folder for `PATH` and files, for the length of one test. */
export async function toolsOf(azure: AzureStandIn): Promise<AzureTools> {
  const tools = await azure.tools();
  onTestFinished(() => tools.remove());
  return tools;
}

/** The client id of somebody in the seed. */
export function clientIdOf(label: string): string {
  return (AZURE_SEED.applications[label] ?? AZURE_SEED.machines[label])?.clientId ?? "";
}
