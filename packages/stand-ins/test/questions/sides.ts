import { expect } from "vitest";
import type { NewToken, VaultCredentials, VaultStandIn } from "../../src/index.ts";
import { ask, type Options, type Reply } from "../ask.ts";

/** One of the servers that are asked. */
export interface Side {
  readonly url: string;
  readonly credentials: Readonly<Record<string, VaultCredentials>>;
}

/** A token that is another on each side. */
export type TokenOf = (side: { readonly url: string }) => string;

/** The stand-in, and what it is compared with: a real server, or what one said before. */
export interface Sides {
  /** Asks; fails unless the stand-in's answer is the real one's. Returns it. */
  same(question: (side: Side) => Promise<Reply>): Promise<Reply>;
  /** The same with one request for all sides. */
  both(method: string, path: string, options?: Options): Promise<Reply>;
  issued(token: NewToken): Promise<TokenOf>;
  wrapped(token: NewToken): Promise<TokenOf>;
  /** Lets a token of one second run out. */
  lapse(token: TokenOf): Promise<void>;
  seal(): Promise<void>;
  stop(): Promise<void>;
}

/** What a real server said, by question. */
export type Recording = Record<string, unknown>;

export const RECORDING: URL = new URL("../recordings/openbao-2.7.1.json", import.meta.url);

/** Names each question by its test and its place in it, the same live and replayed. */
export function questionNames(): () => string {
  const asked = new Map<string, number>();
  return () => {
    const test = (expect.getState().currentTestName ?? "").replace(/^.*? > /, "");
    const count = (asked.get(test) ?? 0) + 1;
    asked.set(test, count);
    return `${test} #${count}`;
  };
}

/** `both` in terms of `same`. */
export function bothBy(same: Sides["same"]): Sides["both"] {
  return (method, path, options) => same((side) => ask(side.url, method, path, options));
}

/** The stand-in's half of what is done behind the clients' backs. */
export function lapseOurs(vault: VaultStandIn): void {
  vault.clock.advance(2000);
}
