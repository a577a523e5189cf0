import type { ErrorRule } from "@vaultlink/core/provider";
import type { Peer } from "../exchanges.ts";
import type { AuthMethod } from "../options.ts";

/** What was being done when it failed. */
export type During = "login" | "read" | "list";

/** One kind of failure of Azure's or its SDK's. What it says is in lower case. */
export interface AzureErrorRule extends ErrorRule {
  readonly during?: During;
  /** Who was asked last; `"nobody"`: the SDK failed without asking anybody. */
  readonly peer?: Peer | "nobody";
  /** Whether the answer is in the form of who should have given it. @default true, where somebody answered */
  readonly genuine?: false;
  /** What the vault or Entra calls it. */
  readonly errors?: readonly string[];
  /** What the vault gives as the reason. */
  readonly inner?: readonly string[];
  /** Entra's numbers; an empty list stands for any. */
  readonly numbers?: readonly number[];
  /** Only if one request took longer than it may. */
  readonly late?: true;
  /** Only where one of these signs in. */
  readonly methods?: readonly AuthMethod[];
  /** Only if a program that was started to sign in says this. */
  readonly program?: RegExp;
}

/** Rules for what one of those says who are asked. */
export function ofPeer(peer: Peer, rules: readonly AzureErrorRule[]): readonly AzureErrorRule[] {
  return rules.map((rule) => ({ peer, ...rule }));
}
