import { expect } from "vitest";
import type { ErrorCode } from "../src/errors/codes.ts";
import { isSecretError, type SecretError } from "../src/errors/secret-error.ts";
import type { Prompter, Session } from "../src/contract/provider.ts";
import type { SecretValue } from "../src/secret-value.ts";
import type { GetOptions, Vault, VaultOptions } from "../src/types.ts";
import { createVault } from "../src/vault.ts";
import { ManualClock } from "./clock.ts";
import { Remote } from "./remote.ts";

export { ManualClock, settle } from "./clock.ts";
export { failure, outcomeOf, Remote } from "./remote.ts";

export const SECOND = 1000;
export const MINUTE: number = 60 * SECOND;
export const HOUR: number = 60 * MINUTE;

/** A vault with one connection, `c`, to a scripted remote one, and links `X` and `Y` to its documents `x` and `y`. */
export interface World {
  readonly vault: Vault;
  readonly remote: Remote;
  readonly clock: ManualClock;
  /** The text of a name. */
  readonly text: (name: string, options?: GetOptions) => Promise<string>;
  /** The code and reason a name fails with. */
  readonly code: (name: string, options?: GetOptions) => Promise<ErrorCode | "resolved">;
}

export interface WorldOptions extends Omit<Partial<VaultOptions>, "clock"> {
  /** @default one that moves only by hand */
  readonly clock?: ManualClock;
  /** What a login brings. */
  readonly login?: Partial<Session> | Error;
  /** The variables the provider says it reads. */
  readonly envVariables?: readonly string[];
  readonly byHand?: boolean;
  readonly opensByHand?: boolean;
}

/** Makes a world. `x` holds `vlcanary-x-1`, `y` holds `vlcanary-y-1`. Delays are never shortened by chance. */
export function world({
  login,
  envVariables = [],
  byHand = false,
  opensByHand = false,
  clock = new ManualClock(),
  ...options
}: WorldOptions = {}): World {
  const remote = new Remote();
  remote.holds.set("x", "vlcanary-x-1").set("y", "vlcanary-y-1");
  if (login !== undefined) remote.login = login;
  remote.envVariables = envVariables;
  remote.byHand = byHand;
  remote.opensByHand = opensByHand;
  const vault = createVault({
    connections: { c: remote.provider },
    links: { X: "c://x", Y: "c://y" },
    env: {},
    clock,
    random: () => 0.999_999,
    ...options,
  });
  return {
    vault,
    remote,
    clock,
    text: async (name, given) => (await vault.get(name, given)).reveal(),
    code: async (name, given) => vault.get(name, given).then(() => "resolved" as const, codeOf),
  };
}

/** What something rejects with, which must be one of ours. */
export async function failing(promise: Promise<unknown>): Promise<SecretError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(isSecretError(outcome), "it fails with a SecretError").toBe(true);
  return outcome as SecretError;
}

/** What a call throws, which must be one of ours. */
export function throwing(call: () => unknown): SecretError {
  try {
    call();
  } catch (error) {
    if (isSecretError(error)) return error;
    throw error;
  }
  throw new Error("It did not fail.");
}

/** What became of a promise so far. */
export function watched<Value>(promise: Promise<Value>): {
  state: "pending" | "resolved" | "rejected";
  value?: Value;
  error?: SecretError;
} {
  const seen: ReturnType<typeof watched<Value>> = { state: "pending" };
  promise.then(
    (value) => Object.assign(seen, { state: "resolved", value }),
    (error: unknown) => Object.assign(seen, { state: "rejected", error }),
  );
  return seen;
}

/** A person who answers each question with `answer`, and counts them. */
export function person(answer = "vlcanary-typed-token"): Prompter & { questions: number } {
  const somebody = {
    questions: 0,
    ask: async () => {
      somebody.questions++;
      return answer;
    },
    open: async () => undefined,
    show: () => undefined,
  };
  return somebody;
}

/** The texts of settled values, or the codes of those that failed. */
export function outcomes(settled: ReadonlyArray<PromiseSettledResult<SecretValue>>): string[] {
  return settled.map((one) => (one.status === "fulfilled" ? one.value.reveal() : codeOf(one.reason)));
}

function codeOf(error: unknown): ErrorCode {
  if (!isSecretError(error)) throw new Error("The failure is no SecretError.");
  return error.code;
}
