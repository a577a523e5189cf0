import type { ProviderEnv } from "@vaultlink/core/provider";
import type { AwsClock } from "../clock.ts";
import type { SdkError } from "../sdk-error.ts";
import type { Settings } from "../settings.ts";
import type { AwsCredentials } from "./credentials.ts";
import type { Via } from "./via.ts";

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

/** Where credentials were looked for. */
export interface Origin {
  readonly via: Via;
  /** The profile that holds the first credentials, at the end of a chain of roles. */
  readonly profile?: string;
  /** Whether a person's code was needed. */
  readonly mfa: boolean;
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
