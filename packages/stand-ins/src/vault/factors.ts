import type { Token } from "./tokens.ts";

/** One way to prove oneself again. */
export interface Factor {
  readonly name: string;
  readonly type: "totp" | "duo" | "okta" | "pingid";
  /** What must be given, once. Without it a device is asked, whose owner says yes or, if `declines`, no. */
  readonly passcode?: string;
  readonly declines?: true;
}

/** What logins ask for beside credentials: of each rule one factor will do. */
export type FactorRules = Readonly<Record<string, readonly Factor[]>>;

/** A login that waits for its second factor. */
export interface PendingLogin {
  readonly rules: FactorRules;
  readonly endsAt: number;
  /** Makes the token. */
  readonly grant: () => Token;
}
