import type { Context, ErrorCode, SecretError, Session } from "@vaultlink/core/provider";
import { startVault, type VaultStandIn } from "@vaultlink/stand-ins";
import { context as withDefaults, refused as anyRefusal } from "@vaultlink/test-support";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { hashicorp, type HashicorpOptions } from "../src/index.ts";
import { parseLocator as at } from "@vaultlink/test-support";

/** A context as core lends it. */
export function context(env: Context["env"], lent: Partial<Context> = {}): Context {
  return withDefaults({ env, ...lent });
}

/** One stand-in for all tests of a file, as new before each of them but for what `put` and the like changed. */
export function useVault(): { readonly vault: VaultStandIn } {
  let vault: VaultStandIn | undefined;
  beforeAll(async () => {
    vault = await startVault();
  });
  beforeEach(() => {
    vault?.clearFaults();
    vault?.set({
      mode: "active",
      unknownToken: "bare",
      missingToken: 403,
      mountsEndpoint: "present",
      secondFactor: undefined,
    });
    vault?.log.clear();
  });
  afterAll(() => vault?.stop());
  return {
    get vault() {
      if (vault === undefined) throw new Error("The stand-in runs inside tests only.");
      return vault;
    },
  };
}

/** A session, and its calls with the same environment. */
export interface Opened {
  readonly session: Session;
  readonly read: (locator: string, lent?: Partial<Context>) => ReturnType<Session["read"]>;
}

export async function open(env: Context["env"], options: HashicorpOptions = {}): Promise<Opened> {
  const session = await hashicorp(options).open(context(env));
  return { session, read: (locator, lent) => session.read(at(locator), context(env, lent)) };
}

/** The error a call must end with; fails the test if it carries a canary or anything but what errors may carry. */
export async function refused(call: Promise<unknown>, code: ErrorCode): Promise<SecretError> {
  const error = await anyRefusal(call);
  expect(error.code).toBe(code);
  return error;
}
