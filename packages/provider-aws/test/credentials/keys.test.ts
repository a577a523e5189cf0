import { writeFile } from "node:fs/promises";
import type { AwsStandIn } from "@vaultlink/stand-ins";
import { describe, expect, it } from "vitest";
import { refused, typing, withSession } from "../support.ts";
import { MFA_SERIAL, role, session, told, useFixture, user, whoReads } from "./fixture.ts";

const fixture = useFixture();

describe("keys", () => {
  const { accessKeyId, secretAccessKey } = {
    accessKeyId: "AKIAAPP000000000APP1",
    secretAccessKey: "vlcanary-app-secret-key",
  };

  it("come from the environment", async () => {
    expect(await whoReads({}, { env: fixture.vault.env })).toBe(user("app"));
  });

  it("of the environment that are wrong are mended there", async () => {
    const env = { ...fixture.vault.env, AWS_ACCESS_KEY_ID: "AKIANOBODY" };
    expect(await told(whoReads({}, { env }))).toEqual([
      "unauthenticated",
      expect.stringMatching(/^export AWS_ACCESS_KEY_ID/),
    ]);
  });

  it("of the environment take the region of the other variable or of the default profile, as AWS's own tools do", async () => {
    const { AWS_REGION: _, ...env } = fixture.vault.env;
    expect(await whoReads({}, { env: { ...env, AWS_DEFAULT_REGION: "eu-west-1" } })).toBe(user("app"));
    const AWS_CONFIG_FILE = `${fixture.home.path}/config`;
    await writeFile(AWS_CONFIG_FILE, "[default]\nregion = eu-west-1\n");
    expect(await whoReads({}, { env: { ...env, AWS_CONFIG_FILE } })).toBe(user("app"));
    await writeFile(`${fixture.home.path}/.aws/config`, "[default]\nregion = eu-west-1\n");
    expect(await whoReads({}, { env: { ...env, HOME: fixture.home.path } })).toBe(user("app"));
    expect(await told(whoReads({}, { env }))).toEqual(["invalid_config", "export AWS_REGION=eu-west-1"]);
  });

  it("that lapse are known to, and are never renewed by themselves", async () => {
    const lapse = "2099-01-01T00:00:00Z";
    await withSession(
      {},
      { env: { ...fixture.vault.env, AWS_CREDENTIAL_EXPIRATION: lapse } },
      async ({ expiresAt }) => {
        expect(expiresAt).toBe(Date.parse(lapse));
      },
    );
  });

  it("come from the options", async () => {
    expect(await whoReads({ auth: { accessKeyId, secretAccessKey } }, { env: fixture.bare })).toBe(user("app"));
  });

  it("are typed where a person is there, the secret hidden", async () => {
    const prompter = typing(accessKeyId, secretAccessKey);
    expect(await whoReads({ auth: { method: "keys" } }, { env: fixture.bare, prompter })).toBe(user("app"));
    expect(prompter.asked).toEqual(["Access key id", "Secret access key (hidden)"]);
  });

  it("that are temporary are typed with their session token", async () => {
    const { id, secret, token } = await assumed(fixture.vault);
    const prompter = typing(id, secret, token);
    const typed = whoReads({ auth: { method: "keys" } }, { env: fixture.bare, prompter }, "reader/only");
    expect(await typed).toBe(session("reader", "by-hand"));
    expect(prompter.asked).toEqual(["Access key id", "Secret access key (hidden)", "Session token (hidden)"]);
  });

  it("are not asked of nobody", async () => {
    expect(await told(whoReads({ auth: { method: "keys" } }, { env: fixture.bare }))).toEqual([
      "unauthenticated",
      "vaultlink reauth",
    ]);
    const declined = whoReads({ auth: { method: "keys" } }, { env: fixture.bare, prompter: typing() });
    expect((await refused(declined)).code).toBe("aborted");
  });

  it("with an MFA code become temporary ones that need the person again", async () => {
    const prompter = typing("123456");
    const options = { auth: { accessKeyId, secretAccessKey, mfaSerial: MFA_SERIAL } };
    await withSession(options, { env: fixture.bare, prompter }, async ({ identity, expiresAt }) => {
      expect(identity).toBe(user("app"));
      expect(expiresAt).toBeGreaterThan(Date.now());
    });
    expect(prompter.asked).toEqual(["MFA code (hidden)"]);
    expect(await told(whoReads(options, { env: fixture.bare }))).toEqual(["unauthenticated", "vaultlink reauth"]);
    expect(await told(whoReads(options, { env: fixture.bare, prompter: typing("999999") }))).toEqual([
      "unauthenticated",
      "vaultlink reauth",
    ]);
  });
});

/** Temporary credentials, as a person copies them from AWS's pages. */
async function assumed({ env, url }: AwsStandIn): Promise<Record<"id" | "secret" | "token", string>> {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const response = await fetch(url, {
    method: "POST",
    body: new URLSearchParams({ Action: "AssumeRole", RoleArn: role("reader"), RoleSessionName: "by-hand" }).toString(),
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${env["AWS_ACCESS_KEY_ID"]}/x/y/sts/aws4_request`,
      "x-amz-date": date,
    },
  });
  const text = await response.text();
  const held = (name: string): string => new RegExp(`<${name}>([^<]+)<`).exec(text)?.[1] ?? "";
  return { id: held("AccessKeyId"), secret: held("SecretAccessKey"), token: held("SessionToken") };
}

describe("the identity", () => {
  it.each([
    ["with JSON", { kind: "status", status: 401, body: '{"error":"log in first"}' }],
    ["with nothing", { kind: "empty", status: 401 }],
    ["with a page", { kind: "html", status: 401 }],
  ] as const)("is not what a proxy says %s in the place of STS", async (_, fault) => {
    fixture.vault.fault({ on: "sts.*", ...fault });
    expect(await whoReads({}, { env: fixture.vault.env })).toMatch(/^unproven:/);
  });

  it("where STS cannot be asked stands for the credential, and two never share it", async () => {
    fixture.vault.fault({ on: "sts.*", kind: "status", status: 503 });
    const open = (who: string) =>
      withSession({}, { env: fixture.vault.envOf(who) }, ({ identity }) => Promise.resolve(identity));
    const [app, again, audit] = [await open("app"), await open("app"), await open("audit")];
    expect(app).toMatch(/^unproven:[0-9a-f]{32} in eu-west-1$/);
    expect([again === app, audit === app]).toEqual([true, false]);
  });

  it("where AWS does not answer at all is nobody's: no session opens", async () => {
    const env = { ...fixture.vault.env, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
    expect((await refused(withSession({}, { env }, () => Promise.resolve()))).code).toBe("unavailable");
  });

  it.each([
    ["a refusal", { kind: "status", status: 400, body: '{"__type":"AccessDeniedException"}' }],
    ["a request to slow down", { kind: "throttle" }],
  ] as const)("where only Secrets Manager answers is taken as it is: %s is an answer", async (_, fault) => {
    fixture.vault.fault({ on: "sts.*", kind: "drop" });
    fixture.vault.fault({ on: "secretsmanager.ListSecrets", ...fault });
    expect(await whoReads({}, { env: fixture.vault.env })).toMatch(/^unproven:/);
  });
});
