import type { ErrorCode, Session } from "@vaultlink/core";
import type { OnePasswordConnectStandIn } from "@vaultlink/stand-ins";
import { withConnect } from "./support.ts";
import { at, context } from "../support.ts";

/** A session at a stand-in, both as new but for what a case does to them. */
export interface Ground {
  readonly vault: OnePasswordConnectStandIn;
  readonly session: Session;
}

/** One way to fail, and what must be made of it. */
export interface Case {
  readonly when: string;
  readonly cause: (ground: Ground) => Promise<unknown>;
  readonly code: ErrorCode;
  /** The whole sentence, or what it begins with where ids follow. */
  readonly message: string;
  readonly mend?: string;
  readonly reason?: string;
  readonly native?: Readonly<Record<string, unknown>>;
}

type Fault = Parameters<OnePasswordConnectStandIn["fault"]>[0];

/** A read. */
export function reading(reference: string): Case["cause"] {
  return ({ session }) => session.read(at(reference), context());
}

/** A read that the server spoils. */
export function spoiled(fault: Fault, reference = "App/db/username"): Case["cause"] {
  return (ground) => {
    ground.vault.fault(fault);
    return reading(reference)(ground);
  };
}

/** Opening at another address. */
export function opening(host: () => Promise<string> | string, requestTimeoutMs = 10_000): Case["cause"] {
  return async ({ vault }) => {
    const env = { ...vault.env, OP_CONNECT_HOST: await host() };
    return withConnect({ env }, () => Promise.resolve(), { options: { requestTimeoutMs } });
  };
}
