import { describe, expect, it } from "vitest";
import { refused, typing } from "../support.ts";
import { useFixture, user, whoReads } from "./fixture.ts";

const fixture = useFixture();
const REFUSED = { AWS_ACCESS_KEY_ID: "AKIANOBODY", AWS_SECRET_ACCESS_KEY: "vlcanary-revoked" };
const KEYS = ["AKIAAPP000000000APP1", "vlcanary-app-secret-key"] as const;

describe("whoever is asked to sign in again", () => {
  it.each([
    ["the variables hold refused ones", {}, REFUSED],
    ["the variables are configured, and hold refused ones", { auth: { method: "environment" } }, REFUSED],
    ["nothing is found", {}, {}],
  ] as const)("types keys although %s", async (_, options, env) => {
    const prompter = typing(...KEYS);
    const lent = { env: { ...fixture.bare, ...env }, prompter, reauthenticate: true } as const;
    expect(await whoReads(options, lent)).toBe(user("app"));
    expect(prompter.asked).toEqual(["Access key id", "Secret access key (hidden)"]);
  });

  it("takes what is found with an empty line, e.g. what was put right elsewhere", async () => {
    const prompter = typing("");
    expect(await whoReads({}, { env: fixture.vault.env, prompter, reauthenticate: true })).toBe(user("app"));
    expect(prompter.asked).toEqual(["Access key id"]);
  });

  it("may decline", async () => {
    const declined = whoReads({}, { env: fixture.vault.env, prompter: typing(), reauthenticate: true });
    expect((await refused(declined)).code).toBe("aborted");
  });

  it("is not asked where the connection says that others give the credentials", async () => {
    const prompter = typing();
    const auth = { tokenFile: "/nowhere/token", tokenRole: "arn:aws:iam::111122223333:role/ci" };
    const { code } = await refused(whoReads({ auth }, { env: fixture.bare, prompter, reauthenticate: true }));
    expect([code, prompter.asked]).toEqual(["unauthenticated", []]);
  });

  it("must be there to be asked", async () => {
    expect(await whoReads({}, { env: fixture.vault.env, reauthenticate: true })).toBe(user("app"));
  });
});

it("nobody is asked otherwise while credentials are found", async () => {
  const prompter = typing();
  expect(await whoReads({}, { env: fixture.vault.env, prompter })).toBe(user("app"));
  expect(prompter.asked).toEqual([]);
});
