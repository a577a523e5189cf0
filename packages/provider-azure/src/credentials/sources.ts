import { type ProviderEnv, variable } from "@vaultlink/core/provider";
import type { AuthMethod, AuthOptions } from "../options.ts";
import { withAssertion, withCertificate, withSecret, withWorkload } from "./application.ts";
import { byBrowser } from "./browser.ts";
import { byDeviceCode } from "./device-code.ts";
import type { CredentialContext } from "./credential-context.ts";
import type { Source } from "./source.ts";
import { inThread } from "./thread.ts";

/** The way to sign in by a method. Does nothing yet. */
export function sourceOf(method: AuthMethod, context: CredentialContext): Source {
  switch (method) {
    case "client-secret":
      return withSecret(context);
    case "client-certificate":
      return withCertificate(context);
    case "client-assertion":
      return withAssertion(context);
    case "workload-identity":
      return withWorkload(context);
    case "browser":
      return byBrowser(context);
    case "device-code":
      return byDeviceCode(context);
    case "default":
    case "managed-identity":
    case "pipelines":
    case "cli":
      return inThread(method, context);
  }
}

/** Options of which each decides the method by itself. */
const DECIDES: readonly (readonly [keyof AuthOptions, AuthMethod])[] = [
  ["clientSecret", "client-secret"],
  ["certificateFile", "client-certificate"],
  ["assertion", "client-assertion"],
  ["tokenFile", "workload-identity"],
  ["resourceId", "managed-identity"],
  ["objectId", "managed-identity"],
  ["serviceConnectionId", "pipelines"],
  ["subscription", "cli"],
  ["chain", "default"],
];

/**
 * The way to sign in: the configured one, else what the options or the environment hold, else everything that Azure's own
 * libraries try. What the environment holds is used and nothing else: a wrong secret must not end in another identity.
 * `anew`: a person is there who was asked to sign in again. Where nothing says how, it is on a page, since what would be
 * found may be what was refused.
 */
export function methodOf(auth: AuthOptions, env: ProviderEnv, anew = false): AuthMethod {
  if (auth.method !== undefined) return auth.method;
  const decided = DECIDES.find(([name]) => auth[name] !== undefined);
  if (decided !== undefined) return decided[1];
  const narrowed = variable(env, "AZURE_TOKEN_CREDENTIALS")?.toLowerCase();
  const tries = (name: string): boolean => narrowed === undefined || narrowed === "prod" || narrowed === name;
  const has = (name: string): boolean => variable(env, name) !== undefined;
  const named = auth.clientId !== undefined || has("AZURE_CLIENT_ID");
  if (named && tries("environmentcredential")) {
    if (has("AZURE_CLIENT_SECRET")) return "client-secret";
    if (has("AZURE_CLIENT_CERTIFICATE_PATH")) return "client-certificate";
  }
  if (named && tries("workloadidentitycredential") && has("AZURE_FEDERATED_TOKEN_FILE")) return "workload-identity";
  return anew ? "browser" : "default";
}

/** What each method's credentials are renewed with. */
export const HINTS: Readonly<Record<AuthMethod, string>> = {
  default: "az login",
  "client-secret": "export AZURE_CLIENT_SECRET=…",
  "client-certificate": "export AZURE_CLIENT_CERTIFICATE_PATH=…",
  "client-assertion": "vaultlink reauth",
  "workload-identity": "export AZURE_FEDERATED_TOKEN_FILE=…",
  "managed-identity": "az identity list",
  pipelines: "export SYSTEM_ACCESSTOKEN=…",
  cli: "az login",
  browser: "vaultlink reauth",
  "device-code": "vaultlink reauth",
};
