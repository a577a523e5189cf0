import type { ErrorCode, SecretError, Session } from "@vaultlink/core/provider";
import { expect } from "vitest";
import { at, context } from "./support.ts";

/** A session on a stand-in, both as new but for what a case does to them. */
export interface Fixture<Vault> {
  readonly vault: Vault;
  readonly session: Session;
}

/** One way to fail, and what must be made of it. */
export interface Case<Vault> {
  readonly when: string;
  readonly cause: (fixture: Fixture<Vault>) => Promise<unknown>;
  readonly code: ErrorCode;
  /** The whole sentence, or what it begins with where ids follow. */
  readonly message: string;
  readonly hint?: string;
  readonly reason?: string;
  readonly native?: Readonly<Record<string, unknown>>;
}

/** Reads with the case's session. */
export const read = ({ session }: Pick<Fixture<unknown>, "session">, reference: string): Promise<unknown> =>
  session.read(at(reference), context());

/** Everything that a case says of its error. */
export function expectTold({ code, details, message }: SecretError, wanted: Case<never>): void {
  expect([code, message.slice(0, wanted.message.length)]).toEqual([wanted.code, wanted.message]);
  expect(message).toMatch(/^[A-Z1].*\.$/);
  expect([details.hint, details.reason]).toEqual([wanted.hint, wanted.reason]);
  expect(details.native ?? {}).toMatchObject(wanted.native ?? {});
}
