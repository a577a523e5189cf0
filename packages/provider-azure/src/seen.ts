import type { Exchange } from "./exchanges.ts";

/** What may be kept of a failure: machine words, and texts only to tell cases apart. Plain data. */
export interface Seen {
  readonly name?: string;
  /** What the SDK says, in lower case. Never passed on. */
  readonly text: string;
  /** The exchange that decided it; absent if nobody was asked. */
  readonly exchange?: Exchange;
}

/** Looks at a thrown value, and at what was exchanged before it was thrown. */
export function see(thrown: unknown, exchanges: readonly Exchange[]): Seen {
  const { name, message, code } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as Record<
    string,
    unknown
  >;
  const exchange = decisive(exchanges);
  // An answer that came, and whose connection broke in the middle.
  const broken = exchange?.code === undefined && typeof code === "string" && /^(?:ECONN|EPIPE|ERR_STREAM)/.test(code);
  return {
    text: (typeof message === "string" ? message : "").toLowerCase(),
    ...(typeof name === "string" && { name }),
    ...(exchange !== undefined && { exchange: broken ? { peer: exchange.peer, code } : exchange }),
  };
}

/** Entra's word counts before a platform's, which may just not be there; the last of its kind counts. */
function decisive(exchanges: readonly Exchange[]): Exchange | undefined {
  const failed = exchanges.filter(({ status, genuine }) => status === undefined || status >= 300 || genuine === false);
  return failed.findLast(({ peer }) => peer !== "platform") ?? failed.at(-1) ?? exchanges.at(-1);
}
