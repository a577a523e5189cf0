import { describe, expect, it } from "vitest";
import { refused, typing, withSession } from "../support.ts";
import { profile, session, told, useFixture, user, whoReads } from "./fixture.ts";

const fixture = useFixture();

describe("profiles", () => {
  it.each([
    ["dev", user("app"), "app/api-key"],
    ["prod", user("audit"), "audit/report"],
    ["role", session("reader", "from-profile"), "reader/only"],
    ["unnamed-role", session("reader", "vaultlink"), "reader/only"],
    ["web", session("ci", "vaultlink"), "platform/shared"],
  ])("%s reads as %s", async (name, identity, path) => {
    expect(await whoReads({}, profile(fixture, name), path)).toBe(identity);
  });

  it("are named by an option as well, and win over keys in the environment", async () => {
    expect(
      await whoReads({ auth: { profile: "prod" } }, { env: { ...fixture.bare, ...fixture.vault.env } }, "audit/report"),
    ).toBe(user("audit"));
    expect(await whoReads({}, profile(fixture, "prod", fixture.vault.env), "audit/report")).toBe(user("audit"));
  });

  it("give their region, and without any the user is told to set one", async () => {
    const { AWS_REGION: _, ...without } = fixture.bare;
    expect(await whoReads({}, { env: { ...without, AWS_PROFILE: "dev" } })).toBe(user("app"));
    const homeless = whoReads({}, { env: { ...without, AWS_PROFILE: "homeless" } });
    expect(await told(homeless)).toEqual(["invalid_config", "export AWS_REGION=eu-west-1"]);
  });

  it("that do not exist, or go in circles, are configuration", async () => {
    expect(await told(whoReads({}, profile(fixture, "nobody")))).toEqual([
      "invalid_config",
      "aws configure list-profiles",
    ]);
    expect(await told(whoReads({}, profile(fixture, "cycle")))).toEqual(["invalid_config", "aws configure list"]);
  });

  it("take the caller's variables for credential_source, not those of this process", async () => {
    expect(await whoReads({}, profile(fixture, "environment", fixture.vault.env), "reader/only")).toBe(
      session("reader", "vaultlink"),
    );
    expect(await told(whoReads({}, profile(fixture, "environment")))).toEqual([
      "unauthenticated",
      expect.stringMatching(/^export AWS_/),
    ]);
  });

  it("that assume a role with a code ask for it", async () => {
    const prompter = typing("123456");
    await withSession({}, { ...profile(fixture, "guarded"), prompter }, async ({ identity, expiresAt }) => {
      expect([identity, typeof expiresAt]).toEqual([session("guarded", "vaultlink"), "number"]);
    });
    expect(prompter.asked).toEqual(["MFA code (hidden)"]);
    expect(await told(whoReads({}, profile(fixture, "guarded")))).toEqual(["unauthenticated", "vaultlink reauth"]);
    const declined = whoReads({}, { ...profile(fixture, "guarded"), prompter: typing() });
    expect((await refused(declined)).code).toBe("aborted");
  });
});

describe("credential_process", () => {
  const { accessKeyId, secretAccessKey } = {
    accessKeyId: "AKIAAPP000000000APP1",
    secretAccessKey: "vlcanary-app-secret-key",
  };
  const output = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };

  it("gives credentials", async () => {
    await fixture.home.processPrints(JSON.stringify(output));
    expect(await whoReads({}, profile(fixture, "process"))).toBe(user("app"));
  });

  it.each([
    ["fails", undefined],
    ["prints no JSON", "vlcanary-not-json"],
    ["prints expired credentials", JSON.stringify({ ...output, Expiration: "2020-01-01T00:00:00Z" })],
  ])("that %s names the command that shows why", async (_, printed) => {
    if (printed !== undefined) await fixture.home.processPrints(printed);
    const hint = "aws configure export-credentials --profile process";
    expect(await told(whoReads({}, profile(fixture, "process")))).toEqual(["unauthenticated", hint]);
  });
});
