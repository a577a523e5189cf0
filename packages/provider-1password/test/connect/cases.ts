import type { OnePasswordConnectStandIn } from "@vaultlink/stand-ins";
import { type Case as CaseOf, read } from "../case.ts";
import { withConnect } from "./support.ts";

export type Case = CaseOf<OnePasswordConnectStandIn>;

type Fault = Parameters<OnePasswordConnectStandIn["fault"]>[0];

/** A read. */
export function reading(reference: string): Case["cause"] {
  return (fixture) => read(fixture, reference);
}

/** A read that the server spoils. */
export function spoiled(fault: Fault, reference = "App/db/username"): Case["cause"] {
  return (fixture) => {
    fixture.vault.fault(fault);
    return reading(reference)(fixture);
  };
}

/** Opening at another address. */
export function opening(host: () => Promise<string> | string, requestTimeoutMs = 10_000): Case["cause"] {
  return async ({ vault }) => {
    const env = { ...vault.env, OP_CONNECT_HOST: await host() };
    return withConnect({ env }, () => Promise.resolve(), { options: { requestTimeoutMs } });
  };
}
