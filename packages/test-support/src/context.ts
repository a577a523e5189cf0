import type { Context, Locator } from "@vaultlink/core/provider";

/** Variables that are set. */
export type Env = Readonly<Record<string, string>>;

/** What a test gives of a context. */
export type Lent = Partial<Context>;

/** A context as core lends it. */
export function context(lent: Lent = {}): Context {
  return { env: {}, signal: new AbortController().signal, ...lent };
}

export function locator(path: string, query: Readonly<Record<string, string>> = {}): Locator {
  return { path, query };
}

/** `App/otp/code?attribute=otp` as a locator. */
export function parseLocator(text: string): Locator {
  const [path = "", search = ""] = text.split("?");
  return { path, query: Object.fromEntries(new URLSearchParams(search)) };
}
