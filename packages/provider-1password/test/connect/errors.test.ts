import { type OnePasswordConnectStandIn, startOnePasswordConnect } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CONNECT_ERRORS } from "../../src/connect/error-rules.ts";
import { expectTold } from "../case.ts";
import type { Case } from "./cases.ts";
import { REFERENCE_CASES } from "./reference-cases.ts";
import { SERVER_CASES } from "./server-cases.ts";
import { withConnect } from "./support.ts";
import { at, context, refused } from "../support.ts";

let vault: OnePasswordConnectStandIn;
beforeEach(async () => {
  vault = await startOnePasswordConnect();
});
afterEach(() => vault.stop());

const CASES: readonly Case[] = [...SERVER_CASES, ...REFERENCE_CASES];

describe("a Connect server tells a reader", () => {
  it.each(CASES)("that $when", async (each) => {
    const told = withConnect(vault, async (session) => expectTold(await refused(each.cause({ vault, session })), each));
    await expect(told).resolves.toBeUndefined();
  });
});

it("E32: tells for how long to wait", () =>
  withConnect(vault, async (session) => {
    vault.fault({ on: "vaults.list", kind: "throttle", retryAfter: 3 });
    const error = await refused(session.read(at("App/db/username"), context()));
    expect(error.details.retryAfterMs).toBe(3000);
  }));

it("has a case for every row of the table, and a sentence of its own for each", () => {
  const told = new Set(SERVER_CASES.map(({ message }) => message));
  const rules = CONNECT_ERRORS.map(({ message }) => message);
  expect(rules.filter((message) => !told.has(message))).toEqual([]);
  expect(new Set(rules).size).toBe(rules.length);
});
