import type { SecretDocument, Session } from "@vaultlink/core/provider";
import { type AzureStandIn, type AzureStartOptions, CANARY, startAzure } from "@vaultlink/stand-ins";
import { context, type Lent, locator, textOf as fullText, withSession as withProvider } from "@vaultlink/test-support";
import { afterAll, afterEach, beforeAll } from "vitest";
import { azure, type AzureOptions } from "../src/index.ts";

export { context, type Env, type Lent, locator, refused, typing } from "@vaultlink/test-support";

/** What a document holds, which must be text, without what all fake secrets begin with. */
export function textOf(document: SecretDocument): string {
  return fullText(document).replace(CANARY, "");
}

/** Opens, lends the session, and closes it whatever happens. */
export function withSession<T>(options: AzureOptions, lent: Lent, use: (session: Session) => Promise<T>): Promise<T> {
  return withProvider(azure(options), lent, use);
}

/** Opens and reads one secret. */
export function readOne(options: AzureOptions, lent: Lent, path = "api-key"): Promise<string> {
  return withSession(options, lent, async (session) => textOf(await session.read(locator(path), context())));
}

/** One stand-in for all tests of a file. */
export function useAzure(options: AzureStartOptions = {}): { readonly azure: AzureStandIn } {
  let standIn: AzureStandIn | undefined;
  beforeAll(async () => {
    standIn = await startAzure(options);
  });
  afterEach(() => {
    standIn?.clearFaults();
    standIn?.log.clear();
  });
  afterAll(() => standIn?.stop());
  return {
    get azure() {
      if (standIn === undefined) throw new Error("The stand-in runs inside tests only.");
      return standIn;
    },
  };
}
