import { writeFile } from "node:fs/promises";
import { isSecretError } from "@vaultlink/core/provider";
import { describe, expect, it, onTestFinished } from "vitest";
import { countingProxy } from "../counting-proxy.ts";
import { role, session, useFixture, user, whoReads } from "../credentials/fixture.ts";
import { selfSigned } from "@vaultlink/test-support";
import { type Env, refused, withSession } from "../support.ts";
import { credentialOf } from "./sent.ts";

const fixture = useFixture();

/** Writes the files of a home: profiles of `app` and `audit`, and whatever a case adds. */
async function files(config: string, credentials = ""): Promise<void> {
  const { users } = fixture.vault.seed;
  const keys = (name: string): string =>
    `aws_access_key_id = ${users[name]?.keys.accessKeyId}\naws_secret_access_key = ${users[name]?.keys.secretAccessKey}\n`;
  const profiles = `[default]\n${keys("audit")}[dev]\n${keys("app")}`;
  await writeFile(`${fixture.home.path}/.aws/config`, config);
  await writeFile(`${fixture.home.path}/.aws/credentials`, `${profiles}${credentials}`);
}

/** Nothing but a home. */
const home = (more: Env = {}): Env => ({ HOME: fixture.home.path, PATH: process.env["PATH"] ?? "", ...more });
const REGION = "region = eu-west-1\n";

describe("A2: the profile is the one that `aws` takes", () => {
  it.each([
    ["AWS_DEFAULT_PROFILE", { AWS_DEFAULT_PROFILE: "dev" }, "app"],
    ["AWS_PROFILE before it", { AWS_PROFILE: "dev", AWS_DEFAULT_PROFILE: "default" }, "app"],
    ["neither", {}, "audit"],
  ])("%s", async (_, env, name) => {
    await files("");
    const lent = { env: { ...fixture.bare, ...env } };
    expect(await withSession({}, lent, async ({ identity }) => Promise.resolve(identity))).toBe(user(name));
  });
});

describe("A2: what a profile says of the way to AWS is honoured", () => {
  const url = (): string => fixture.vault.url;
  it.each([
    ["endpoint_url", () => [`[profile dev]\n${REGION}endpoint_url = ${url()}\n`, ""]],
    ["endpoint_url of the credentials file", () => [`[profile dev]\n${REGION}`, `endpoint_url = ${url()}\n`]],
    ["region of the credentials file", () => [`[profile dev]\nendpoint_url = ${url()}\n`, REGION]],
    ["its services, before endpoint_url", () => [services(url(), url()), ""]],
  ] as const)("%s", async (_, made) => {
    const [config = "", credentials] = made();
    await files(config, credentials);
    expect(await whoReads({}, { env: home({ AWS_PROFILE: "dev" }) })).toBe(user("app"));
    expect(await whoReads({ auth: { profile: "dev" } }, { env: home() })).toBe(user("app"));
  });

  it("a variable wins over it", async () => {
    await files(`[profile dev]\n${REGION}endpoint_url = http://127.0.0.1:9\n`);
    expect(await whoReads({}, { env: home({ AWS_PROFILE: "dev", AWS_ENDPOINT_URL: url() }) })).toBe(user("app"));
  });

  it("ca_bundle", async () => {
    const certificate = selfSigned(fixture.home.path);
    const front = await countingProxy(url(), { tls: certificate });
    onTestFinished(() => front.stop());
    await files(`[profile dev]\n${REGION}endpoint_url = ${front.url}\nca_bundle = ${certificate.file}\n`);
    expect(await whoReads({}, { env: home({ AWS_PROFILE: "dev" }) })).toBe(user("app"));
  });

  it.each([
    ["use_fips_endpoint = true"],
    ["use_dualstack_endpoint = TRUE"],
    ["endpoint_url = http://example.com"],
    ["endpoint_url = https://169.254.169.254"],
    ["ca_bundle = /nowhere/ca.pem"],
  ])("%s, which cannot be here, is refused", async (line) => {
    await files(`[profile dev]\n${REGION}${line}\n`);
    const env = home({ AWS_PROFILE: "dev", AWS_ENDPOINT_URL_SECRETS_MANAGER: url() });
    expect((await refused(whoReads({}, { env }))).code).toBe("invalid_config");
  });
});

function services(secretsManager: string, sts: string): string {
  const own = `[services local]\nsecrets_manager =\n  endpoint_url = ${secretsManager}\nsts =\n  endpoint_url = ${sts}\n`;
  return `[profile dev]\n${REGION}services = local\nendpoint_url = http://127.0.0.1:9\n${own}`;
}

/** Who reads, or the code of the refusal. */
function outcome(reads: Promise<string | undefined>): Promise<string | undefined> {
  return reads.catch((thrown: unknown) => (isSecretError(thrown) ? thrown.code : "not ours"));
}

describe("H8: switches are read as `aws` reads them", () => {
  it.each([
    ["true", "invalid_config"],
    ["True", "invalid_config"],
    ["1", undefined],
    ["yes", undefined],
    ["false", undefined],
    ["", undefined],
  ])("AWS_USE_FIPS_ENDPOINT=%s beside an endpoint", async (value, code) => {
    const reads = whoReads({}, { env: { ...fixture.vault.env, AWS_USE_FIPS_ENDPOINT: value } });
    expect(await outcome(reads)).toBe(code ?? user("app"));
  });

  it.each([
    ["1", session("node", "i-0123456789")],
    ["no", session("node", "i-0123456789")],
    ["TRUE", undefined],
  ])("AWS_EC2_METADATA_DISABLED=%s", async (AWS_EC2_METADATA_DISABLED, identity) => {
    const env = { ...fixture.bare, AWS_EC2_METADATA_SERVICE_ENDPOINT: fixture.vault.url, AWS_EC2_METADATA_DISABLED };
    const reads = whoReads({}, { env }, "platform/shared");
    expect(await outcome(reads)).toBe(identity ?? "unauthenticated");
  });
});

describe("H6: credentials are used exactly as they stand", () => {
  it.each([
    ["AWS_SECRET_ACCESS_KEY", " vlcanary-with-blanks "],
    ["AWS_SESSION_TOKEN", "vlcanary-token\t"],
  ])("%s keeps its blanks", async (name, value) => {
    expect(await credentialOf({ ...fixture.vault.env, [name]: value }, name)).toBe(value);
  });

  it("of a platform's token only the file's last line break goes", async () => {
    await writeFile(fixture.home.webTokenFile, ` ${fixture.vault.seed.webToken}\n`);
    const options = { auth: { tokenFile: fixture.home.webTokenFile, tokenRole: role("ci") } };
    expect((await refused(whoReads(options, { env: fixture.bare }))).code).toBe("unauthenticated");
    await writeFile(fixture.home.webTokenFile, `${fixture.vault.seed.webToken}\n`);
    expect(await whoReads(options, { env: fixture.bare }, "platform/shared")).toBe(session("ci", "vaultlink"));
  });

  it("half of a pair is no reason to read as somebody else", async () => {
    await files("");
    const { AWS_SECRET_ACCESS_KEY: _, ...half } = fixture.vault.env;
    const reads = whoReads({}, { env: { ...fixture.bare, ...half } }, "audit/report");
    expect((await refused(reads)).code).toBe("unauthenticated");
  });
});
