import { type Context, type ErrorCode, isSecretError, type SecretError, type Session } from "@vaultlink/core/provider";
import { CANARY, startVault, type VaultStandIn } from "@vaultlink/stand-ins";
import { scanError } from "@vaultlink/testkit";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { hashicorp, type HashicorpOptions } from "../src/index.ts";
import { at } from "./locator.ts";

/** A context as core lends it. */
export function context(env: Context["env"], lent: Partial<Context> = {}): Context {
  return { signal: new AbortController().signal, env, ...lent };
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
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isSecretError(thrown)) throw new Error(`It must be refused with ${code} by an error of ours.`);
  expect(thrown.code).toBe(code);
  expect(scanError(thrown, [CANARY])).toEqual([]);
  expect("cause" in thrown).toBe(false);
  return thrown;
}
