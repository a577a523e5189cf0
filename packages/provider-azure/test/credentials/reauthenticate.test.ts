import type { Prompter } from "@vaultlink/core/provider";
import { describe, expect, it } from "vitest";
import { refused, typing, useAzure } from "../support.ts";
import { browse } from "./browse.ts";
import { bare, identityOf, whoReads } from "./fixture.ts";

const server = useAzure();

/** A person who signs in on whatever page is opened, and is to type nothing. */
const withBrowser = (): Prompter => ({
  ...typing(),
  open: (page) => browse(page, server.azure.ca),
});

describe("whoever is asked to sign in again", () => {
  it("signs in on a page where everything would be tried", async () => {
    const env = bare({ env: server.azure.env, tenant: true });
    expect(await whoReads({}, { env, prompter: withBrowser(), reauthenticate: true })).toBe(identityOf("person"));
  });

  it("types the application's secret although the variables hold a refused one", async () => {
    const { AZURE_CLIENT_SECRET = "", ...env } = server.azure.env;
    const prompter = typing(AZURE_CLIENT_SECRET);
    const lent = { env: { ...env, AZURE_CLIENT_SECRET: "vlcanary-revoked" }, prompter, reauthenticate: true } as const;
    expect(await whoReads({}, lent)).toBe(identityOf("app"));
    expect(prompter.asked).toEqual(["Client secret (hidden)"]);
  });

  it("takes the secret that is found with an empty line, e.g. one that was put right elsewhere", async () => {
    const prompter = typing("");
    expect(await whoReads({}, { env: server.azure.env, prompter, reauthenticate: true })).toBe(identityOf("app"));
    expect(prompter.asked).toEqual(["Client secret (hidden)"]);
  });

  it("may decline", async () => {
    const declined = whoReads({}, { env: server.azure.env, prompter: typing(), reauthenticate: true });
    expect((await refused(declined)).code).toBe("aborted");
  });

  it("must be there to be asked", async () => {
    expect(await whoReads({}, { env: server.azure.env, reauthenticate: true })).toBe(identityOf("app"));
  });
});

it("nobody is asked otherwise while a credential is found", async () => {
  const prompter = typing();
  expect(await whoReads({}, { env: server.azure.env, prompter })).toBe(identityOf("app"));
  expect(prompter.asked).toEqual([]);
});
