import { devNull } from "node:os";
import { join } from "node:path";
import { findWorker, type ProviderEnv, runWorker, variable } from "@vaultlink/core/provider";
import type { Asking } from "./credentials.ts";
import type { LookupReply, LookupRequest } from "./default-chain-protocol.ts";
import { askCode } from "./mfa-code.ts";

/** What looking came to. */
export type LookupOutcome = Exclude<LookupReply, { readonly type: "ask" }>;

/** Looks for credentials in a thread of its own, which ends with the answer or with the signal. */
export async function lookUp(
  request: Omit<LookupRequest, "person">,
  env: ProviderEnv,
  { signal, prompter }: Asking,
): Promise<LookupOutcome> {
  const program = findWorker({
    module: import.meta,
    source: "./default-chain-worker.ts",
    bundled: "./default-chain-worker.js",
    package: "@vaultlink/provider-aws",
    needs: "Looking for these AWS credentials",
  });
  const data: LookupRequest = { ...request, person: prompter !== undefined };
  return runWorker<LookupOutcome>(
    program,
    { env: environmentOf(env), data },
    {
      signal,
      failure: "The thread that looks for AWS credentials failed.",
      reply: (message) => ((message as LookupReply).type === "ask" ? askCode(prompter) : undefined),
    },
  );
}

/** The caller's variables, and no way to anybody else's home. */
function environmentOf(env: ProviderEnv): ProviderEnv {
  const home = variable(env, "HOME") ?? variable(env, "USERPROFILE");
  const files = home === undefined ? devNull : undefined;
  return {
    // The SDK finds this one through the process's home, not through the variable.
    AWS_LOGIN_CACHE_DIRECTORY: join(home ?? devNull, ".aws", "login", "cache"),
    ...(files !== undefined && { AWS_CONFIG_FILE: files, AWS_SHARED_CREDENTIALS_FILE: files }),
    ...env,
    HOME: home ?? devNull,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
