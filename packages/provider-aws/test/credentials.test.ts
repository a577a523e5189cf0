import { writeFile } from "node:fs/promises";
import type { Session } from "@vaultlink/core";
import { AWS_ACCOUNT, type AwsHome, type AwsStandIn, startAws } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AwsOptions } from "../src/index.ts";
import { context, type Env, type Lent, locator, refused, typing, withSession } from "./support.ts";

let vault: AwsStandIn;
let home: AwsHome;
/** Nobody's credentials, but the way to the stand-in. */
let bare: Env;

beforeEach(async () => {
  vault = await startAws();
  home = await vault.home();
  bare = { HOME: home.path, PATH: process.env["PATH"] ?? "", AWS_ENDPOINT_URL: vault.url, AWS_REGION: vault.seed.region };
});
afterEach(async () => {
  await home.remove();
  await vault.stop();
});

const profile = (name: string, more: Env = {}): Lent => ({ env: { ...bare, AWS_PROFILE: name, ...more } });
const session = (role: string, name: string): string => `arn:aws:sts::${AWS_ACCOUNT}:assumed-role/${role}/${name} in eu-west-1`;
const user = (name: string): string => `arn:aws:iam::${AWS_ACCOUNT}:user/${name} in eu-west-1`;
const role = (name: string): string => `arn:aws:iam::${AWS_ACCOUNT}:role/${name}`;

/** Opens, reads one secret, and says as whom. */
async function whoReads(options: AwsOptions, lent: Lent, path = "app/api-key"): Promise<string | undefined> {
  return withSession(options, lent, async (opened) => {
    await opened.read(locator(path), context());
    return opened.identity;
  });
}

/** What the user is told: the code, and the command that mends it. */
async function told(call: Promise<unknown>): Promise<readonly [string, string | undefined]> {
  const { code, details } = await refused(call);
  return [code, details.mend];
}

describe("keys", () => {
  const { accessKeyId, secretAccessKey } = { accessKeyId: "AKIAAPP000000000APP1", secretAccessKey: "vlcanary-app-secret-key" };
  const mfaSerial = `arn:aws:iam::${AWS_ACCOUNT}:mfa/app`;

  it("come from the environment", async () => {
    expect(await whoReads({}, { env: vault.env })).toBe(user("app"));
  });

  it("of the environment that are wrong are mended there", async () => {
    const env = { ...vault.env, AWS_ACCESS_KEY_ID: "AKIANOBODY" };
    expect(await told(whoReads({}, { env }))).toEqual(["unauthenticated", expect.stringMatching(/^export AWS_ACCESS_KEY_ID/)]);
  });

  it("that lapse are known to, and are never renewed by themselves", async () => {
    const lapse = "2099-01-01T00:00:00Z";
    await withSession({}, { env: { ...vault.env, AWS_CREDENTIAL_EXPIRATION: lapse } }, async ({ expiresAt }) => {
      expect(expiresAt).toBe(Date.parse(lapse));
    });
  });

  it("come from the options", async () => {
    expect(await whoReads({ auth: { accessKeyId, secretAccessKey } }, { env: bare })).toBe(user("app"));
  });

  it("are typed where a person is there, the secret hidden", async () => {
    const interact = typing(accessKeyId, secretAccessKey);
    expect(await whoReads({ auth: { method: "keys" } }, { env: bare, interact })).toBe(user("app"));
    expect(interact.asked).toEqual(["Access key id", "Secret access key (hidden)"]);
  });

  it("are not asked of nobody", async () => {
    expect(await told(whoReads({ auth: { method: "keys" } }, { env: bare }))).toEqual(["unauthenticated", "vaultlink reauth"]);
    const declined = whoReads({ auth: { method: "keys" } }, { env: bare, interact: typing() });
    expect((await refused(declined)).code).toBe("aborted");
  });

  it("with an MFA code become temporary ones that need the person again", async () => {
    const interact = typing("123456");
    const options = { auth: { accessKeyId, secretAccessKey, mfaSerial } };
    await withSession(options, { env: bare, interact }, async ({ identity, expiresAt }) => {
      expect(identity).toBe(user("app"));
      expect(expiresAt).toBeGreaterThan(Date.now());
    });
    expect(interact.asked).toEqual(["MFA code (hidden)"]);
    expect(await told(whoReads(options, { env: bare }))).toEqual(["unauthenticated", "vaultlink reauth"]);
    expect(await told(whoReads(options, { env: bare, interact: typing("999999") }))).toEqual(["unauthenticated", "vaultlink reauth"]);
  });
});

describe("profiles", () => {
  it.each([
    ["dev", user("app"), "app/api-key"],
    ["prod", user("audit"), "audit/report"],
    ["role", session("reader", "from-profile"), "reader/only"],
    ["unnamed-role", session("reader", "vaultlink"), "reader/only"],
    ["web", session("ci", "vaultlink"), "platform/shared"],
  ])("%s reads as %s", async (name, identity, path) => {
    expect(await whoReads({}, profile(name), path)).toBe(identity);
  });

  it("are named by an option as well, and win over keys in the environment", async () => {
    expect(await whoReads({ auth: { profile: "prod" } }, { env: { ...bare, ...vault.env } }, "audit/report")).toBe(user("audit"));
    expect(await whoReads({}, profile("prod", vault.env), "audit/report")).toBe(user("audit"));
  });

  it("give their region, and without any the user is told to set one", async () => {
    const { AWS_REGION: _, ...without } = bare;
    expect(await whoReads({}, { env: { ...without, AWS_PROFILE: "dev" } })).toBe(user("app"));
    const homeless = whoReads({}, { env: { ...without, AWS_PROFILE: "homeless" } });
    expect(await told(homeless)).toEqual(["invalid_config", "export AWS_REGION=eu-west-1"]);
  });

  it("that do not exist, or go in circles, are configuration", async () => {
    expect(await told(whoReads({}, profile("nobody")))).toEqual(["invalid_config", "aws configure list-profiles"]);
    expect(await told(whoReads({}, profile("cycle")))).toEqual(["invalid_config", "aws configure list"]);
  });

  it("take the caller's variables for credential_source, not those of this process", async () => {
    expect(await whoReads({}, profile("environment", vault.env), "reader/only")).toBe(session("reader", "vaultlink"));
    expect(await told(whoReads({}, profile("environment")))).toEqual(["unauthenticated", expect.stringMatching(/^export AWS_/)]);
  });

  it("that assume a role with a code ask for it", async () => {
    const interact = typing("123456");
    await withSession({}, { ...profile("guarded"), interact }, async ({ identity, expiresAt }) => {
      expect([identity, typeof expiresAt]).toEqual([session("guarded", "vaultlink"), "number"]);
    });
    expect(interact.asked).toEqual(["MFA code (hidden)"]);
    expect(await told(whoReads({}, profile("guarded")))).toEqual(["unauthenticated", "vaultlink reauth"]);
    const declined = whoReads({}, { ...profile("guarded"), interact: typing() });
    expect((await refused(declined)).code).toBe("aborted");
  });
});

describe("SSO", () => {
  it.each(["sso", "legacy-sso"])("profile %s reads as the person who signed in", async (name) => {
    await home.signIn();
    expect(await whoReads({}, profile(name), "platform/shared")).toBe(session("portal", "person"));
    expect(vault.log.count("sso.GetRoleCredentials")).toBe(1);
  });

  it.each([
    ["sso", "nobody has signed in", undefined],
    ["legacy-sso", "nobody has signed in", undefined],
    ["sso", "it has expired and nothing renews it", { expiresAt: Date.now() - 1000, refreshable: false }],
    ["legacy-sso", "it has expired", { expiresAt: Date.now() - 1000 }],
  ])("profile %s names its command when %s", async (name, _, state) => {
    if (state) await home.signIn(state);
    expect(await told(whoReads({}, profile(name)))).toEqual(["unauthenticated", `aws sso login --profile ${name}`]);
    expect(vault.log.count("sso.*")).toBe(0);
  });

  it("names its command when the portal has ended the session", async () => {
    await home.signIn();
    vault.signOut();
    expect(await told(whoReads({}, profile("sso")))).toEqual(["unauthenticated", "aws sso login --profile sso"]);
  });

  it("renews an expired token by itself while the portal lets it", async () => {
    await home.signIn({ expiresAt: Date.now() - 1000 });
    expect(await whoReads({}, profile("sso"), "platform/shared")).toBe(session("portal", "person"));
    expect(vault.log.count("oidc.CreateToken")).toBe(1);
    await home.signIn({ expiresAt: Date.now() - 1000 });
    vault.set({ refreshable: false });
    expect(await told(whoReads({}, profile("sso")))).toEqual(["unauthenticated", "aws sso login --profile sso"]);
  });

  it("is unavailable when the portal is", async () => {
    await home.signIn();
    vault.fault({ on: "sso.*", kind: "status", status: 503 });
    expect((await refused(whoReads({}, profile("sso")))).code).toBe("unavailable");
  });
});

describe("aws login", () => {
  const keys = { accessKeyId: "AKIAAPP000000000APP1", secretAccessKey: "vlcanary-app-secret-key", sessionToken: "" };

  it("is used, and renewed when it is about to lapse", async () => {
    await home.logIn({ ...keys, sessionToken: "vlcanary-stale" }, Date.now() + 60_000);
    expect(await whoReads({}, profile("login"))).toBe(user("app"));
    expect(vault.log.count("signin.CreateOAuth2Token")).toBe(1);
  });

  it("names its command when nobody has signed in, and when it has expired", async () => {
    expect(await told(whoReads({}, profile("login")))).toEqual(["unauthenticated", "aws login --profile login"]);
    await home.logIn({ ...keys, sessionToken: "vlcanary-stale" }, Date.now() - 60_000);
    vault.set({ refreshable: false });
    expect(await told(whoReads({}, profile("login")))).toEqual(["unauthenticated", "aws login --profile login"]);
  });
});

describe("credential_process", () => {
  const { accessKeyId, secretAccessKey } = { accessKeyId: "AKIAAPP000000000APP1", secretAccessKey: "vlcanary-app-secret-key" };
  const output = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };

  it("gives credentials", async () => {
    await home.processPrints(JSON.stringify(output));
    expect(await whoReads({}, profile("process"))).toBe(user("app"));
  });

  it.each([
    ["fails", undefined],
    ["prints no JSON", "vlcanary-not-json"],
    ["prints expired credentials", JSON.stringify({ ...output, Expiration: "2020-01-01T00:00:00Z" })],
  ])("that %s names the command that shows why", async (_, printed) => {
    if (printed !== undefined) await home.processPrints(printed);
    const mend = "aws configure export-credentials --profile process";
    expect(await told(whoReads({}, profile("process")))).toEqual(["unauthenticated", mend]);
  });
});

describe("platforms", () => {
  it("vouch by a token file", async () => {
    const env = { ...bare, AWS_WEB_IDENTITY_TOKEN_FILE: home.webTokenFile, AWS_ROLE_ARN: role("ci"), AWS_ROLE_SESSION_NAME: "run-7" };
    expect(await whoReads({}, { env }, "platform/shared")).toBe(session("ci", "run-7"));
    const options = { auth: { tokenFile: home.webTokenFile, tokenRole: role("ci") } };
    expect(await whoReads(options, { env: bare }, "platform/shared")).toBe(session("ci", "vaultlink"));
    // The identity came with the role: nobody was asked for it.
    expect(vault.log.count("sts.GetCallerIdentity")).toBe(0);
  });

  it("whose token is missing, expired or foreign say so", async () => {
    const env = { ...bare, AWS_WEB_IDENTITY_TOKEN_FILE: `${home.path}/none`, AWS_ROLE_ARN: role("ci") };
    const wrong = ["unauthenticated", expect.stringContaining("AWS_WEB_IDENTITY_TOKEN_FILE")];
    expect(await told(whoReads({}, { env }))).toEqual(wrong);
    for (const text of [`${vault.seed.webToken}-expired`, "vlcanary-foreign"]) {
      await writeFile(home.webTokenFile, text);
      expect(await told(whoReads({}, { env: { ...env, AWS_WEB_IDENTITY_TOKEN_FILE: home.webTokenFile } }))).toEqual(wrong);
    }
  });

  it("vouch by a container's endpoint", async () => {
    const AWS_CONTAINER_CREDENTIALS_FULL_URI = `${vault.url}/container`;
    const env = { ...bare, AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_AUTHORIZATION_TOKEN: vault.seed.containerToken };
    expect(await whoReads({}, { env }, "platform/shared")).toBe(session("task", "i-0123456789"));
    const refusing = { ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN: "vlcanary-wrong" };
    expect(await told(whoReads({}, { env: refusing }))).toEqual(["unauthenticated", expect.stringContaining("task or pod")]);
    const unreachable = { ...env, AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/container" };
    expect((await refused(whoReads({}, { env: unreachable }))).code).toBe("unavailable");
  });

  it("vouch by a machine's metadata service", async () => {
    const env = { ...bare, AWS_EC2_METADATA_SERVICE_ENDPOINT: vault.url };
    expect(await whoReads({}, { env }, "platform/shared")).toBe(session("node", "i-0123456789"));
    expect(vault.log.counts).toMatchObject({ "imds.token": 1, "imds.role": 1, "imds.credentials": 1 });
    const off = whoReads({}, { env: { ...env, AWS_EC2_METADATA_DISABLED: "true" } });
    expect(await told(off)).toEqual(["unauthenticated", "aws configure sso"]);
  });
});

describe("a role of the connection", () => {
  it("is assumed with its external id, session name, tags and duration, and needs no further call for the identity", async () => {
    const options = {
      role: { arn: role("external"), externalId: "partner-7", sessionName: "billing", tags: ["team=payments"], duration: 30 },
    };
    expect(await whoReads(options, { env: vault.env })).toBe(session("external", "billing"));
    expect(vault.log.counts).toEqual({ "sts.AssumeRole": 1, "secretsmanager.GetSecretValue": 1 });
  });

  it("is reached by way of others", async () => {
    const options = { role: { arn: role("chained"), via: [role("reader")] } };
    expect(await whoReads(options, { env: vault.env }, "audit/report")).toBe(session("chained", "vaultlink"));
    expect(vault.log.count("sts.AssumeRole")).toBe(2);
  });

  it("that may not be assumed is denied, not unauthenticated", async () => {
    const missing = whoReads({ role: { arn: role("external") } }, { env: vault.env });
    expect((await refused(missing)).code).toBe("denied");
  });

  it("asks for a code where it needs one", async () => {
    const options = { role: { arn: role("guarded"), mfaSerial: `arn:aws:iam::${AWS_ACCOUNT}:mfa/app` } };
    expect(await whoReads(options, { env: vault.env, interact: typing("123456") })).toBe(session("guarded", "vaultlink"));
    expect(await told(whoReads(options, { env: vault.env }))).toEqual(["unauthenticated", "vaultlink reauth"]);
  });

  it("has the same identity each time, so that opening again keeps the cache", async () => {
    const options = { role: { arn: role("reader") } };
    expect(await whoReads(options, { env: vault.env })).toBe(await whoReads(options, { env: vault.env }));
  });
});

describe("a role of one reference", () => {
  const read = (opened: Session, path: string, as?: string) =>
    opened.read(locator(path, as === undefined ? {} : { role: role(as) }), context());

  it("reads what only it may, keeps its session, and leaves the connection's own identity alone", async () => {
    await withSession({}, { env: vault.env }, async (opened) => {
      await read(opened, "reader/only", "reader");
      await read(opened, "reader/only", "reader");
      expect((await refused(read(opened, "reader/only"))).code).toBe("denied");
      expect(vault.log.count("sts.AssumeRole")).toBe(1);
      expect(opened.identity).toBe(user("app"));
    });
  });

  it("refused is denied for that read only", async () => {
    await withSession({}, { env: vault.env }, async (opened) => {
      expect((await refused(read(opened, "app/db", "task"))).code).toBe("denied");
      expect((await read(opened, "app/db")).version).toBeDefined();
    });
  });

  it("revoked is assumed anew by the next attempt, and the session goes on", async () => {
    await withSession({}, { env: vault.env }, async (opened) => {
      await read(opened, "reader/only", "reader");
      vault.revoke("reader");
      expect((await refused(read(opened, "reader/only", "reader"))).code).toBe("unavailable");
      await read(opened, "reader/only", "reader");
      await read(opened, "app/db");
    });
  });
});

describe("credentials that lapse", () => {
  it("in mid-session are unauthenticated, and nothing more is sent until the session is opened again", async () => {
    await withSession({}, { env: vault.env }, async (opened) => {
      vault.revoke("app");
      const first = await refused(opened.read(locator("app/db"), context()));
      expect([first.code, first.details.mend]).toEqual(["unauthenticated", expect.stringContaining("export AWS_")]);
      const sent = vault.log.count();
      expect((await refused(opened.read(locator("app/db"), context()))).code).toBe("unauthenticated");
      expect(vault.log.count()).toBe(sent);
    });
  });

  it("of a role are renewed before that, once for all who ask", async () => {
    vault.set({ roleSeconds: 120 });
    await withSession({ role: { arn: role("reader") } }, { env: vault.env }, async (opened) => {
      await Promise.all([1, 2, 3].map(() => opened.read(locator("reader/only"), context())));
      expect(vault.log.count("sts.AssumeRole")).toBe(2);
    });
  });
});

describe("the identity", () => {
  it("where STS cannot be asked stands for the credential, and two never share it", async () => {
    vault.fault({ on: "sts.*", kind: "status", status: 503 });
    const open = (who: string) => withSession({}, { env: vault.envOf(who) }, ({ identity }) => Promise.resolve(identity));
    const [app, again, audit] = [await open("app"), await open("app"), await open("audit")];
    expect(app).toMatch(/^unproven:[0-9a-f]{32} in eu-west-1$/);
    expect([again === app, audit === app]).toEqual([true, false]);
  });
});
