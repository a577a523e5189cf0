import { readFile, writeFile } from "node:fs/promises";
import type { FaultSpec } from "@vaultlink/stand-ins";
import { describe, expect, it } from "vitest";
import { profile, role, session, told, useFixture, user, whoReads } from "../credentials/fixture.ts";
import { context, type Lent, locator, refused, withSession } from "../support.ts";

const fixture = useFixture();
type Fault = FaultSpec extends infer One ? (One extends FaultSpec ? Omit<One, "on"> : never) : never;

const container = (): Lent => ({
  env: {
    ...fixture.bare,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${fixture.vault.url}/container`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: fixture.vault.seed.containerToken,
  },
});
const machine = (): Lent => ({ env: { ...fixture.bare, AWS_EC2_METADATA_SERVICE_ENDPOINT: fixture.vault.url } });
const sso = async (): Promise<Lent> => {
  await fixture.home.signIn();
  return profile(fixture, "sso");
};
const lapsedSso = async (): Promise<Lent> => {
  await fixture.home.signIn({ expiresAt: Date.now() - 1000 });
  return profile(fixture, "sso");
};
const login = async (): Promise<Lent> => {
  const keys = { accessKeyId: "AKIA", secretAccessKey: "vlcanary-login", sessionToken: "vlcanary-stale" };
  await fixture.home.logIn(keys, Date.now() - 60_000);
  return profile(fixture, "login");
};
const SOURCES = { container, machine, sso, "lapsed sso": lapsedSso, login };

describe("A5: what gives credentials is judged by what it answered", () => {
  const status = (code: number, retryAfter?: string): Fault => ({
    kind: "status",
    status: code,
    body: "vlcanary words of a proxy: sso session, was not found",
    headers: { "x-amzn-errortype": "", ...(retryAfter && { "retry-after": retryAfter }) },
  });
  it.each([
    ["container", "container.*", "429", status(429, "7"), "throttled", 7000],
    ["container", "container.*", "503", status(503), "unavailable", undefined],
    ["container", "container.*", "a page with 200", { kind: "html", status: 200 }, "unavailable", undefined],
    [
      "container",
      "container.*",
      "other JSON with 200",
      { kind: "status", status: 200, body: {} },
      "unavailable",
      undefined,
    ],
    ["container", "container.*", "a drop", { kind: "drop" }, "unavailable", undefined],
    ["container", "container.*", "silence", { kind: "hang" }, "timeout", undefined],
    ["machine", "imds.credentials", "429", status(429), "throttled", undefined],
    ["machine", "imds.*", "503", status(503), "unavailable", undefined],
    ["machine", "imds.role", "a page with 200", { kind: "html", status: 200 }, "unavailable", undefined],
    ["machine", "imds.credentials", "a page with 200", { kind: "html", status: 200 }, "unavailable", undefined],
    ["machine", "imds.*", "a drop", { kind: "drop" }, "unavailable", undefined],
    ["machine", "imds.*", "silence", { kind: "hang" }, "timeout", undefined],
    ["sso", "sso.*", "429", status(429, "3"), "throttled", 3000],
    ["sso", "sso.*", "503", status(503), "unavailable", undefined],
    ["sso", "sso.*", "a page with 200", { kind: "html", status: 200 }, "unavailable", undefined],
    ["sso", "sso.*", "a drop", { kind: "drop" }, "unavailable", undefined],
    ["lapsed sso", "oidc.*", "503", status(503), "unavailable", undefined],
    ["lapsed sso", "oidc.*", "429", status(429), "throttled", undefined],
    ["lapsed sso", "oidc.*", "a drop", { kind: "drop" }, "unavailable", undefined],
    ["login", "signin.*", "503", status(503), "unavailable", undefined],
    ["login", "signin.*", "429", status(429), "throttled", undefined],
  ] as const)("%s, %s: %s", async (source, on, _, fault, code, retryAfterMs) => {
    fixture.vault.fault({ on, ...fault });
    const error = await refused(whoReads({ requestTimeoutMs: 1500 }, await SOURCES[source]()));
    expect([error.code, error.details.retryAfterMs]).toEqual([code, retryAfterMs]);
    expect(error.details.hint).toBeUndefined();
  });

  it.each([
    ["container", "container.*", status(403), "check the role of the task or pod: AWS_CONTAINER_CREDENTIALS_FULL_URI"],
    ["machine", "imds.role", status(404), "check the role of the instance"],
    ["sso", "sso.*", status(401), "aws sso login --profile sso"],
    ["lapsed sso", "oidc.*", status(400), "aws sso login --profile sso"],
    ["login", "signin.*", status(403), "aws login --profile login"],
  ] as const)("a refusal stays one: %s, %s", async (source, on, fault, hint) => {
    fixture.vault.fault({ on, ...fault });
    expect(await told(whoReads({}, await SOURCES[source]()))).toEqual(["unauthenticated", hint]);
  });

  it.each(["throttled-dev", "dpop", "sso-token", "credential_process", "ENOENT", "SyntaxError"])(
    "A4: a profile's name is no word of AWS's: %s",
    async (name) => {
      const file = `${fixture.home.path}/.aws/config`;
      await writeFile(
        file,
        `${await readFile(file, "utf8")}\n[profile ${name}]\nregion = eu-west-1\nsso_session = none\n`,
      );
      const error = await refused(whoReads({}, profile(fixture, name)));
      expect([error.code, error.message]).toEqual([
        "invalid_config",
        "The profile in the AWS configuration files is wrong.",
      ]);
    },
  );
});

describe("A6: the clock's correction is kept", () => {
  it.each([10, -10])("by %d minutes: a role is assumed at once, and keeps its name", async (minutes) => {
    fixture.vault.clock.advance(minutes * 60_000);
    const options = { role: { arn: role("reader") } };
    expect(await whoReads(options, { env: fixture.vault.env }, "reader/only")).toBe(session("reader", "vaultlink"));
    // Once with this machine's time, once with AWS's; reading knows it already.
    expect(fixture.vault.log.counts).toEqual({ "sts.AssumeRole": 2, "secretsmanager.GetSecretValue": 1 });
  });

  it("the identity of plain keys is known, and a role of one reference needs no correction of its own", async () => {
    fixture.vault.clock.advance(10 * 60_000);
    await withSession({}, { env: fixture.vault.env }, async (opened) => {
      expect(opened.identity).toBe(user("app"));
      fixture.vault.log.clear();
      await opened.read(locator("reader/only", { role: role("reader") }), context());
      expect(fixture.vault.log.counts).toEqual({ "sts.AssumeRole": 1, "secretsmanager.GetSecretValue": 1 });
    });
  });

  it("a profile's role is assumed with it as well", async () => {
    fixture.vault.clock.advance(10 * 60_000);
    expect(await whoReads({}, profile(fixture, "role"), "reader/only")).toBe(session("reader", "from-profile"));
  });

  it("what is refused for another reason is not asked twice", async () => {
    fixture.vault.clock.advance(10 * 60_000);
    fixture.vault.fault({
      on: "sts.AssumeRole",
      kind: "status",
      status: 403,
      body: "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>",
    });
    expect((await refused(whoReads({ role: { arn: role("reader") } }, { env: fixture.vault.env }))).code).toBe(
      "denied",
    );
    expect(fixture.vault.log.count("sts.AssumeRole")).toBe(1);
  });
});
