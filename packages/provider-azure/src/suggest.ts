import { join } from "node:path";
import {
  isAbsolutePath,
  methodOfVariables,
  parseJson,
  settingOfVariables,
  type SuggestContext,
  type SuggestedMethod,
  type Suggestions,
  variable,
} from "@vaultlink/core/provider";
import type { AzureOptions } from "./options.ts";

/** What Azure's variables and the files of `az` hold, and how a person signs in. */
export async function suggest({ env, options, signal }: SuggestContext): Promise<Suggestions> {
  const { vault: name, vaultUrl } = options as AzureOptions;
  const setting = { option: "vaults", flagOption: "vault", label: "Key vault, by name or address" };
  const signedIn = await userOfCli(env, signal);
  return {
    settings:
      name === undefined && vaultUrl === undefined ? [settingOfVariables(env, setting, "AZURE_KEYVAULT_URL")] : [],
    methods: [
      ...platformOf(env),
      ...(signedIn === undefined
        ? []
        : [{ label: "Sign-in of az", found: `az is signed in as ${signedIn}`, options: { "auth.method": "cli" } }]),
      { label: "Browser", options: { "auth.method": "browser" } },
      { label: "Code on another device", options: { "auth.method": "device-code" } },
      {
        label: "Client secret of an application",
        options: { "auth.method": "client-secret" },
        settings: [
          settingOfVariables(env, { option: "auth.tenantId", label: "Tenant, by id or domain" }, "AZURE_TENANT_ID"),
          settingOfVariables(env, { option: "auth.clientId", label: "Application (client) id" }, "AZURE_CLIENT_ID"),
        ],
      },
    ],
  };
}

function platformOf(env: SuggestContext["env"]): readonly SuggestedMethod[] {
  const method = (label: string, name: string, ...needed: readonly string[]): readonly SuggestedMethod[] =>
    methodOfVariables(env, { label, options: { "auth.method": name } }, ...needed);
  return [
    ...method("Client secret", "client-secret", "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"),
    ...method("Client certificate", "client-certificate", "AZURE_CLIENT_ID", "AZURE_CLIENT_CERTIFICATE_PATH"),
    ...method("The platform's token", "workload-identity", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"),
    ...method("Managed identity", "managed-identity", "IDENTITY_ENDPOINT"),
  ];
}

/** Whom `az` is signed in as, by its own file of subscriptions: asking `az` would take a second. */
async function userOfCli(env: SuggestContext["env"], signal: AbortSignal): Promise<string | undefined> {
  const home = variable(env, "HOME", "USERPROFILE");
  const folder = variable(env, "AZURE_CONFIG_DIR") ?? (home === undefined ? undefined : join(home, ".azure"));
  if (folder === undefined || !isAbsolutePath(folder)) return undefined;
  try {
    const { readFile } = await import("node:fs/promises");
    const text = await readFile(join(folder, "azureProfile.json"), { encoding: "utf8", signal });
    // The file begins with a byte order mark.
    const { subscriptions } = parseJson(text.replace(/^\uFEFF/, "")) as { readonly subscriptions?: unknown };
    const all = Array.isArray(subscriptions) ? (subscriptions as readonly Subscription[]) : [];
    const name = all.find(({ isDefault }) => isDefault === true)?.user?.name;
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch {
    return undefined;
  }
}

interface Subscription {
  readonly isDefault?: unknown;
  readonly user?: { readonly name?: unknown };
}
