import type { ErrorCode, Session } from "@vaultlink/core/provider";
import type { AwsOptions } from "../../src/index.ts";
import type { Fixture } from "../credentials/fixture.ts";
import { context, type Lent, locator, withSession } from "../support.ts";

/** One way to fail, and what the person is told. */
export interface Case {
  readonly when: string;
  readonly cause: (fixture: Fixture) => Promise<unknown>;
  readonly code: ErrorCode;
  /** The sentence of the rule that is meant. */
  readonly message: string;
  readonly hint?: string;
  readonly reason?: string;
  readonly retryAfterMs?: number;
  /** What AWS called it, or Node. */
  readonly native?: object;
}

/** How AWS refuses. */
export interface Refusal {
  readonly status?: number;
  readonly says?: string;
  readonly retryAfter?: string;
}

/** Opens and reads one secret. */
export function openAndRead(options: AwsOptions, lent: Lent): Promise<unknown> {
  return withSession(options, lent, (session) => readOne(session));
}

export function readOne(session: Session): Promise<unknown> {
  return session.read(locator("app/db"), context());
}

/** A session whose next calls of Secrets Manager are refused by this name. */
export function refusing(
  name: string,
  { retryAfter, says = "No.", status = 400 }: Refusal = {},
  use: (session: Session) => Promise<unknown> = readOne,
): Case["cause"] {
  return ({ vault }) =>
    withSession({}, { env: vault.env }, (session) => {
      const headers = { "x-amzn-errortype": name, ...(retryAfter && { "retry-after": retryAfter }) };
      vault.fault({ on: "secretsmanager.*", kind: "status", status, headers, body: { message: says } });
      return use(session);
    });
}

/** A session whose next calls are answered so, by something that may not be AWS. */
export function answering(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Case["cause"] {
  return ({ vault }) =>
    withSession({}, { env: vault.env }, (session) => {
      // Something that is not AWS names no error.
      vault.fault({
        on: "secretsmanager.*",
        kind: "status",
        status,
        body,
        headers: { "x-amzn-errortype": "", ...headers },
      });
      return readOne(session);
    });
}

/** The words of STS's protocol. */
export function stsRefusal(code: string, says: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${says}</Message></Error></ErrorResponse>`;
}
