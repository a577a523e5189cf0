import { findWorker, type ProviderEnv, runWorker, SecretError, type WorkerProgram } from "@vaultlink/core/provider";
import { explain } from "../errors.ts";
import type { AuthOptions } from "../options.ts";
import type { SdkError } from "../sdk-error.ts";
import type { Settings } from "../settings.ts";
import type { CredentialContext } from "./credential-context.ts";
import type { Source, Token, TokenRequest } from "./source.ts";

/** What a program that is started for a token has no use for. */
const SECRETS: ReadonlySet<string> = new Set([
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PASSWORD",
  "AZURE_PASSWORD",
  "SYSTEM_ACCESSTOKEN",
]);

const TENANTS: ReadonlySet<string> = new Set(["AZURE_TENANT_ID", "AZURE_ADDITIONALLY_ALLOWED_TENANTS"]);

/** Those that may start `az`, `azd` or `pwsh`. */
const STARTS: ReadonlySet<ThreadMethod> = new Set(["cli", "default"]);

/** A way of signing in that the SDK finds by itself: in a thread of its own, which ends with its answer. */
export function inThread(method: ThreadMethod, context: CredentialContext): Source {
  const { auth, env, programEnv, settings, hint } = context;
  return {
    hint,
    person: false,
    // A pipeline's connection names one application; the others are whoever is signed in, or the machine's.
    ...(method !== "pipelines" && { switches: true as const }),
    token: async ({ scope, tenantId, claims, signal }) => {
      const { assertion: _, ...plain } = auth;
      const request = {
        method,
        auth: plain,
        settings,
        scope,
        ...(tenantId && { tenantId }),
        ...(claims && { claims }),
        ...(STARTS.has(method) && { programEnv: forPrograms({ ...programEnv, ...env }) }),
      };
      const reply = await lookUp(request, environmentOf(auth.chain, env), signal);
      return tokenOf(reply, hint);
    },
  };
}

function tokenOf(reply: ThreadReply, hint: string): Token {
  switch (reply.type) {
    case "token":
      return reply.token;
    case "failed":
      throw explain(reply.error, "login", hint);
    case "refused":
      throw new SecretError("invalid_config", reply.message, reply.hint === undefined ? {} : { hint: reply.hint });
  }
}

/** Finds the thread's program: `module` is the `import.meta` of this one. Throws `invalid_config` where it is not to be found. */
export function findProgram(module: { readonly url?: string } = import.meta): WorkerProgram {
  return findWorker({
    module,
    source: "./thread-worker.ts",
    bundled: "./azure-thread.js",
    package: "@vaultlink/provider-azure",
    needs: "This way of signing in to Azure",
  });
}

function lookUp(data: ThreadRequest, env: ProviderEnv, signal: TokenRequest["signal"]): Promise<ThreadReply> {
  const failure = "The thread that signs in to Azure failed.";
  // A program that was started outlives the thread, and only the thread ends it in time: it is left to that.
  return runWorker(findProgram(), { env, data }, { signal, failure, outlives: STARTS.has(data.method) });
}

/** The caller's variables, which the SDK reads by itself. Tenants in lower case: it compares them letter by letter. */
function environmentOf(chain: string | undefined, env: ProviderEnv): Record<string, string> {
  const lent = held(env).map(([name, value]): readonly [string, string] => [
    name,
    TENANTS.has(name) ? value.toLowerCase() : value,
  ]);
  return { ...Object.fromEntries(lent), ...(chain !== undefined && { AZURE_TOKEN_CREDENTIALS: chain }) };
}

/** The environment that core lends for programs, without what such a program has no use for. */
function forPrograms(env: ProviderEnv): Record<string, string> {
  return Object.fromEntries(held(env).filter(([name]) => !SECRETS.has(name)));
}

const held = (env: ProviderEnv): ReadonlyArray<readonly [string, string]> =>
  Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));

/** Ways of signing in that the SDK finds in `process.env` and on the `PATH`. */
export type ThreadMethod = "default" | "managed-identity" | "pipelines" | "cli";

/** What the thread is asked to do. Its environment holds the variables that the caller lends, and nothing else. */
export interface ThreadRequest {
  readonly method: ThreadMethod;
  readonly auth: Omit<AuthOptions, "assertion">;
  readonly settings: Settings;
  readonly scope: string;
  readonly tenantId?: string;
  readonly claims?: string;
  /** What programs that the SDK starts are given; it reads nothing of it itself. */
  readonly programEnv?: Readonly<Record<string, string>>;
}

export type ThreadReply =
  | { readonly type: "token"; readonly token: Token }
  | { readonly type: "failed"; readonly error: SdkError }
  | { readonly type: "refused"; readonly message: string; readonly hint?: string };
