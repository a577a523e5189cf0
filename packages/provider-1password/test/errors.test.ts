import { readFileSync } from "node:fs";
import type { Session } from "@vaultlink/core/provider";
import { type OnePasswordStandIn, startOnePassword } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SERVICE_ACCOUNT_ERRORS } from "../src/errors/service-account.ts";
import { expectTold } from "./case.ts";
import { type Case, READ_CASES } from "./error-cases.ts";
import { ITEM_CASES } from "./item-cases.ts";
import { SIGN_IN_CASES } from "./sign-in-cases.ts";
import { refused, withSession } from "./support.ts";

let vault: OnePasswordStandIn;
beforeEach(async () => {
  vault = await startOnePassword();
});
afterEach(() => vault.stop());

async function fails(each: Case, session: Session): Promise<void> {
  expectTold(await refused(each.cause({ vault, session })), each);
}

const OPENED: readonly Case[] = [...READ_CASES, ...ITEM_CASES];

describe("tells a reader", () => {
  it.each(OPENED)("that $when", async (each) => {
    const told = withSession(vault.tokenOf("app"), (session) => fails(each, session));
    await expect(told).resolves.toBeUndefined();
  });
});

describe("tells who signs in", () => {
  const none: Session = { read: () => Promise.reject(new Error("nothing is open")) };
  it.each(SIGN_IN_CASES)("that $when", async (each) => {
    await expect(fails(each, none)).resolves.toBeUndefined();
  });
});

it("has a case for every row of the table, and a sentence of its own for each", () => {
  const told = [...OPENED, ...SIGN_IN_CASES].map(({ message }) => message);
  const rules = SERVICE_ACCOUNT_ERRORS.map(({ message }) => message);
  expect(rules.filter((message) => !told.some((each) => each.startsWith(message)))).toEqual([]);
  expect(new Set(rules).size).toBe(rules.length);
});

it("has a command for whoever must sign in again", () => {
  expect(SERVICE_ACCOUNT_ERRORS.filter(({ code, hint }) => code === "unauthenticated" && hint === undefined)).toEqual(
    [],
  );
});

it("reads the messages of one version of the SDK only", () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  expect(manifest.dependencies["@1password/sdk"]).toBe("0.5.0");
});

it("is not misled by names that equal messages", () =>
  withSession(vault.tokenOf("app"), async (session) => {
    const call = { env: {}, signal: new AbortController().signal };
    const missing = { path: "App/no item matched/no vault matched", query: {} };
    expect((await refused(session.read(missing, call))).message).toBe("The item has no such field.");
    const present = { path: "App/no item matched/rate limit exceeded", query: {} };
    expect((await session.read(present, call)).value === "").toBe(false);
  }));
