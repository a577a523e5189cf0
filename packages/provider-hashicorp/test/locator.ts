import type { Locator } from "@vaultlink/core/provider";

/** `secret/app/db?version=1` as a locator. */
export function at(text: string): Locator {
  const [path = "", query = ""] = text.split("?");
  return { path, query: Object.fromEntries(new URLSearchParams(query)) };
}
