import type { AuthOptions } from "../options.ts";
import type { SdkError } from "../sdk-error.ts";
import type { Settings } from "../settings.ts";
import type { Token } from "./source.ts";

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
