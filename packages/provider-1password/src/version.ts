import { type Context, type Locator, SecretError } from "@vaultlink/core/provider";
import { checkLocator } from "./locator.ts";
import { knownIds, type Reader } from "./read.ts";

/**
 * When the item last changed, in ISO 8601, found without a value: by one request where the item is known, else by two.
 * Throws what a read of it throws, but for what is inside the item, which is not looked at.
 */
export async function version({ request, idCache }: Reader, locator: Locator, context: Context): Promise<string> {
  const target = checkLocator(locator);
  const ids = knownIds(idCache, target, context);
  const reply = await request({ type: "version", wanted: target, ...(ids && { ids }) }, context);
  if (reply.type !== "versioned") throw new SecretError("internal", "The thread that asks 1Password gave no version.");
  return reply.version;
}
