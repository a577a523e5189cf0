import { isSecretError, type Locator, type ParsedIdentifier } from "@vaultlink/core/provider";
import { checkLocator } from "./locator.ts";

const SCHEME = "op://";

/** Understands 1Password's own `op://vault/item/[section/]field`. Any connection may serve it: it names no account. */
export function parseIdentifier(identifier: string): ParsedIdentifier | undefined {
  if (!identifier.startsWith(SCHEME)) return undefined;
  const [path = "", search = "", ...others] = identifier.slice(SCHEME.length).split("?");
  if (others.length > 0) return undefined;
  const locator: Locator = { path, query: Object.fromEntries(new URLSearchParams(search)) };
  try {
    checkLocator(locator);
    return { locator };
  } catch (thrown) {
    if (isSecretError(thrown)) return undefined;
    throw thrown;
  }
}
