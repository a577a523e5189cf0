import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "@vaultlink/core";
import { declaredEnv } from "@vaultlink/core/internal";
import { NETWORK_VARIABLES } from "@vaultlink/core/provider";
import type { ConnectionEntry } from "../../config/content.ts";
import { labelOf } from "../../third-party/source.ts";
import type { CliContext } from "../../context.ts";
import { type Finding, ok } from "./finding.ts";

/** Where vendors' own tools leave credentials, below the home directory. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  hashicorp: [".vault-token"],
  aws: [".aws/credentials", ".aws/config"],
  azure: [".azure/msal_token_cache.json", ".azure/azureProfile.json"],
};

/** What a sign-in has to work with: method, variables that are set, files that are there. Names only, never a value. */
export function foundCredentials(
  { env, home }: Pick<CliContext, "env" | "home">,
  entry: ConnectionEntry,
  variables: readonly string[],
): Finding {
  const method = methodOf(entry);
  const set = setVariables(env, variables);
  const files = (FILES[labelOf(entry.provider)] ?? []).filter((file) => existsSync(join(home, file)));
  const found = [...set, ...files.map((file) => `~/${file}`)];
  const how = method === undefined ? "" : `method ${method}; `;
  return ok(
    "credentials",
    `${how}${found.length === 0 ? "none found here: a person is asked" : `found ${found.join(", ")}`}`,
  );
}

/** The variables of a provider that are set, without those of the network. */
function setVariables(env: Env, declared: readonly string[]): readonly string[] {
  const ours = declared.filter((name) => !NETWORK_VARIABLES.includes(name) && name !== "HOME");
  return Object.entries(declaredEnv(ours, env))
    .flatMap(([name, value]) => (value ? name : []))
    .toSorted();
}

function methodOf({ auth }: ConnectionEntry): string | undefined {
  if (typeof auth !== "object" || auth === null || !("method" in auth)) return undefined;
  return typeof auth.method === "string" ? auth.method : undefined;
}
