import { devNull } from "node:os";
import { join } from "node:path";
import { findWorker, type ProviderEnv, runWorker, variable } from "@vaultlink/core/provider";
import type { AwsClock } from "../clock.ts";
import type { SdkError } from "../sdk-error.ts";
import type { Settings } from "../settings.ts";
import { askCode, type Asking, type AwsCredentials } from "./credentials.ts";
import type { Origin } from "./origin.ts";

/** Where to look, in order. */
export type Step = "profile" | "web-identity" | "container" | "instance";

/** What the thread is asked to do. Its environment holds the caller's variables, and nothing else. */
export interface LookupRequest {
  readonly steps: readonly Step[];
  /** Absent: the default profile, which need not exist. */
  readonly profile?: string;
  readonly region?: string;
  /** For roles whose profile names no session. */
  readonly sessionName: string;
  /** The environment of a program that gives credentials. */
  readonly programEnv: ProviderEnv;
  readonly settings: Settings;
  /** As far as AWS's clock is known to differ. */
  readonly clock: AwsClock;
  /** Whether a person may be asked for an MFA code. */
  readonly person: boolean;
}

export type LookupReply =
  | { readonly type: "ask" }
  | {
      readonly type: "found";
      readonly origin: Origin;
      readonly credentials: AwsCredentials;
      readonly arn?: string;
      readonly region?: string;
      readonly clock: AwsClock;
    }
  /** The next step is the caller's. */
  | { readonly type: "web-identity" }
  | { readonly type: "no-profile" }
  | { readonly type: "nothing" }
  | { readonly type: "failed"; readonly origin: Origin; readonly error: SdkError };

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
  const home = variable(env, "HOME", "USERPROFILE");
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
