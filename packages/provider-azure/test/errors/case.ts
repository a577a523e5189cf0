import type { ErrorCode } from "@vaultlink/core/provider";
import type { AzureStandIn } from "@vaultlink/stand-ins";
import type { AzureOptions } from "../../src/index.ts";
import { context, type Env, locator, readOne, withSession } from "../support.ts";

/** One way to fail, and what the person is told. */
export interface Case {
  readonly when: string;
  readonly cause: (azure: AzureStandIn) => Promise<unknown>;
  readonly code: ErrorCode;
  /** The sentence of the rule that is meant. */
  readonly message: string;
  /** Begins so. */
  readonly hint?: string;
  readonly reason?: string;
  readonly retryAfterMs?: number;
  /** What Azure called it, or Node. */
  readonly native?: object;
}

/** A fault, without what it hits. */
type Without<Spec> = Spec extends unknown ? Omit<Spec, "on"> : never;
export type Fault = Without<Parameters<AzureStandIn["fault"]>[0]>;
type Answered = { readonly status: number; readonly body?: unknown; readonly headers?: Env };

/** How a key vault words a refusal. */
export const says = (code: string, inner?: string, message = "It failed."): object => ({
  error: { code, message, ...(inner !== undefined && { innererror: { code: inner } }) },
});
/** How Entra does. */
export const entraSays = (error: string, ...numbers: readonly number[]): object => ({
  error,
  error_description: numbers.map((number) => `AADSTS${number}: It failed.`).join(" "),
  ...(numbers.length > 0 && { error_codes: numbers }),
});

/** A session whose next read meets this. */
export function reading(fault: Fault | Answered, options: AzureOptions = {}): Case["cause"] {
  return (azure) =>
    withSession(options, { env: azure.env }, async (session) => {
      azure.fault({ on: "secrets.get", ...toFault(fault) });
      return session.read(locator("api-key"), context());
    });
}

/** A sign-in that meets this. */
export function signingIn(fault: Fault | Answered, options: AzureOptions = {}, on = "entra.token"): Case["cause"] {
  return (azure) => {
    azure.fault({ on, ...toFault(fault) });
    return readOne(options, { env: azure.env });
  };
}

/** A sign-in with other options or variables, which meets nothing but them. */
export function given(options: AzureOptions, env: (azure: AzureStandIn) => Env = () => ({})): Case["cause"] {
  return (azure) => readOne(options, { env: { ...azure.env, ...env(azure) } });
}

function toFault(fault: Fault | Answered): Fault {
  return "kind" in fault ? fault : { kind: "status", ...fault };
}
