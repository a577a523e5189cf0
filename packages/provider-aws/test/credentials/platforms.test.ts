import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { refused } from "../support.ts";
import { role, session, told, useFixture, whoReads } from "./fixture.ts";

const fixture = useFixture();

describe("platforms", () => {
  it("vouch by a token file", async () => {
    const env = {
      ...fixture.bare,
      AWS_WEB_IDENTITY_TOKEN_FILE: fixture.home.webTokenFile,
      AWS_ROLE_ARN: role("ci"),
      AWS_ROLE_SESSION_NAME: "run-7",
    };
    expect(await whoReads({}, { env }, "platform/shared")).toBe(session("ci", "run-7"));
    const options = { auth: { tokenFile: fixture.home.webTokenFile, tokenRole: role("ci") } };
    expect(await whoReads(options, { env: fixture.bare }, "platform/shared")).toBe(session("ci", "vaultlink"));
    // The identity came with the role: nobody was asked for it.
    expect(fixture.vault.log.count("sts.GetCallerIdentity")).toBe(0);
  });

  it("whose token is missing, expired or foreign say so", async () => {
    const env = { ...fixture.bare, AWS_WEB_IDENTITY_TOKEN_FILE: `${fixture.home.path}/none`, AWS_ROLE_ARN: role("ci") };
    const wrong = ["unauthenticated", expect.stringContaining("AWS_WEB_IDENTITY_TOKEN_FILE")];
    expect(await told(whoReads({}, { env }))).toEqual(wrong);
    for (const text of [`${fixture.vault.seed.webToken}-expired`, "vlcanary-foreign"]) {
      await writeFile(fixture.home.webTokenFile, text);
      expect(
        await told(whoReads({}, { env: { ...env, AWS_WEB_IDENTITY_TOKEN_FILE: fixture.home.webTokenFile } })),
      ).toEqual(wrong);
    }
  });

  it("vouch by a container's endpoint", async () => {
    const AWS_CONTAINER_CREDENTIALS_FULL_URI = `${fixture.vault.url}/container`;
    const env = {
      ...fixture.bare,
      AWS_CONTAINER_CREDENTIALS_FULL_URI,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: fixture.vault.seed.containerToken,
    };
    expect(await whoReads({}, { env }, "platform/shared")).toBe(session("task", "i-0123456789"));
    const refusing = { ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN: "vlcanary-wrong" };
    expect(await told(whoReads({}, { env: refusing }))).toEqual([
      "unauthenticated",
      expect.stringContaining("task or pod"),
    ]);
    const unreachable = { ...env, AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/container" };
    expect((await refused(whoReads({}, { env: unreachable }))).code).toBe("unavailable");
  });

  it("vouch by a machine's metadata service", async () => {
    const env = { ...fixture.bare, AWS_EC2_METADATA_SERVICE_ENDPOINT: fixture.vault.url };
    expect(await whoReads({}, { env }, "platform/shared")).toBe(session("node", "i-0123456789"));
    expect(fixture.vault.log.counts).toMatchObject({ "imds.token": 1, "imds.role": 1, "imds.credentials": 1 });
    const off = whoReads({}, { env: { ...env, AWS_EC2_METADATA_DISABLED: "true" } });
    expect(await told(off)).toEqual(["unauthenticated", "aws configure sso"]);
  });

  it("that are not there are nothing where any source would do, and unavailable where they are named", async () => {
    const env = { ...fixture.bare, AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:9" };
    expect(await told(whoReads({}, { env }))).toEqual(["unauthenticated", "aws configure sso"]);
    expect((await refused(whoReads({ auth: { method: "instance" } }, { env }))).code).toBe("unavailable");
  });

  it("that have no role for the machine say so", async () => {
    const env = { ...fixture.bare, AWS_EC2_METADATA_SERVICE_ENDPOINT: fixture.vault.url };
    fixture.vault.fault({ on: "imds.role", kind: "empty", status: 404 });
    expect(await told(whoReads({}, { env }))).toEqual(["unauthenticated", "check the role of the instance"]);
    fixture.vault.clearFaults();
    fixture.vault.fault({ on: "imds.*", kind: "empty", status: 500 });
    expect((await refused(whoReads({}, { env }))).code).toBe("unavailable");
  });
});
