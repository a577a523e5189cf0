import { findErrorCode, membersOf, networkFault, textMember } from "@vaultlink/core/provider";
import type { Exchange } from "./exchanges.ts";
import type { AuthMethod } from "./options.ts";

/** What may be kept of a failure: machine words, and texts only to tell cases apart. Plain data. */
export interface SdkError {
  readonly name?: string;
  /** What the SDK says, in lower case. Never passed on. */
  readonly text: string;
  /** What `az`, `azd` and `pwsh` said, as far as the SDK started them. Never passed on. */
  readonly program?: string;
  /** How was being signed in. */
  readonly method?: AuthMethod;
  /** The exchange that decided it; absent if nobody was asked. */
  readonly exchange?: Exchange;
}

/** Looks at a thrown value, and at what was exchanged before it was thrown. */
export function readSdkError(thrown: unknown, exchanges: readonly Exchange[], method?: AuthMethod): SdkError {
  const { name } = membersOf(thrown);
  const code = findErrorCode(thrown);
  const exchange = decisive(exchanges);
  // An answer that came, and whose connection broke in the middle.
  const broken = exchange?.code === undefined && code !== undefined && networkFault(code)?.kind === "broken";
  return {
    text: messageOf(thrown).toLowerCase(),
    ...(typeof name === "string" && { name }),
    ...(method !== undefined && { method }),
    ...((method === "cli" || method === "default") && { program: programOf(thrown) }),
    ...(exchange !== undefined && { exchange: broken ? { peer: exchange.peer, code } : exchange }),
  };
}

/** Entra's word counts before a platform's, which may just not be there; the last of its kind counts. */
function decisive(exchanges: readonly Exchange[]): Exchange | undefined {
  const failed = exchanges.filter(({ status, genuine }) => status === undefined || status >= 300 || genuine === false);
  return failed.findLast(({ peer }) => peer !== "platform") ?? failed.at(-1) ?? exchanges.at(-1);
}

/** What credentials say of themselves, which is no program's word: the chain's own parts, by their names. */
const OWN = /^(?:\w+Credential\b|Attempted to use )/;

/** The programs' own words: one failure, or those of a whole chain. */
function programOf(thrown: unknown): string {
  const { errors } = membersOf(thrown);
  const all: readonly unknown[] = Array.isArray(errors) ? errors : [thrown];
  return all
    .map(messageOf)
    .filter((message) => !OWN.test(message))
    .join("\n");
}

const messageOf = (thrown: unknown): string => textMember(membersOf(thrown), "message") ?? "";
