import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AwsOptions } from "../src/index.ts";
import { type CountingProxy, countingProxy } from "./counting-proxy.ts";
import { profile, useFixture, user, whoReads } from "./credentials/fixture.ts";
import { type Certificate, type ConnectProxy, connectProxy, selfSigned } from "@vaultlink/test-support";
import { context, type Env, locator, refused, withSession } from "./support.ts";

const fixture = useFixture();
let front: CountingProxy;
let certificate: Certificate;
let proxy: ConnectProxy;
/** The keys of `app`, and the way to the stand-in over TLS. */
let secure: Env;

beforeEach(async () => {
  certificate = selfSigned(fixture.home.path);
  front = await countingProxy(fixture.vault.url, { tls: certificate });
  proxy = await connectProxy();
  secure = { ...fixture.vault.env, AWS_ENDPOINT_URL: front.url };
});
afterEach(async () => {
  await proxy.stop();
  await front.stop();
});

const reads = (options: AwsOptions, env: Env): Promise<string | undefined> => whoReads(options, { env });
const codeOf = async (call: Promise<unknown>): Promise<string> => (await refused(call)).code;

describe("a certificate of one's own is trusted", () => {
  it.each<[string, () => [AwsOptions, Env]]>([
    ["from an option", () => [{ ca: certificate.cert }, {}]],
    ["from a file", () => [{ caFile: certificate.file }, {}]],
    ["from AWS_CA_BUNDLE", () => [{}, { AWS_CA_BUNDLE: certificate.file }]],
    ["from NODE_EXTRA_CA_CERTS of the caller", () => [{}, { NODE_EXTRA_CA_CERTS: certificate.file }]],
  ])("%s, for STS as well", async (_, about) => {
    const [options, more] = about();
    expect(await reads(options, { ...secure, ...more })).toBe(user("app"));
    expect(front.requests()).toBe(2);
  });

  it("in the thread that looks for credentials as well", async () => {
    const env = { ...profile(fixture, "role").env, AWS_ENDPOINT_URL: front.url, AWS_CA_BUNDLE: certificate.file };
    expect(await whoReads({}, { env }, "reader/only")).toContain("assumed-role/reader/from-profile");
    expect(fixture.vault.log.count("sts.AssumeRole")).toBe(1);
  });

  it("and without that it is not", async () => {
    expect(await codeOf(reads({}, secure))).toBe("unavailable");
    expect(front.requests()).toBe(0);
  });

  it("unless it is none, which is said before anything is sent", async () => {
    expect(await codeOf(reads({ ca: "vlcanary-no-certificate" }, secure))).toBe("invalid_config");
    expect(await codeOf(reads({ caFile: `${fixture.home.path}/none` }, secure))).toBe("invalid_config");
  });
});

describe("a proxy", () => {
  it("is taken from the environment that is lent, for Secrets Manager and STS", async () => {
    const env = { ...secure, AWS_CA_BUNDLE: certificate.file, HTTPS_PROXY: proxy.url };
    expect(await reads({}, env)).toBe(user("app"));
    expect(new Set(proxy.asked)).toEqual(new Set([new URL(front.url).host]));
    expect(front.requests()).toBe(2);
  });

  it("is left aside where NO_PROXY says so", async () => {
    const env = { ...secure, AWS_CA_BUNDLE: certificate.file, HTTPS_PROXY: proxy.url, NO_PROXY: "127.0.0.1" };
    expect(await reads({}, env)).toBe(user("app"));
    expect(proxy.asked).toEqual([]);
  });

  it("that never answers ends in a timeout", async () => {
    const silent = await connectProxy({ silent: true });
    const env = { ...secure, AWS_CA_BUNDLE: certificate.file, HTTPS_PROXY: silent.url };
    expect(await codeOf(reads({ requestTimeoutMs: 100, connectTimeoutMs: 100 }, env))).toBe("timeout");
    await silent.stop();
  });
});

describe("AWS's own endpoints are those of the region", () => {
  const keys = { accessKeyId: "AKIANOBODY", secretAccessKey: "vlcanary-nobody" };
  const NAMES = { fips: "AWS_USE_FIPS_ENDPOINT", dualStack: "AWS_USE_DUALSTACK_ENDPOINT" } as const;

  it.each([
    [{}, "secretsmanager.eu-west-1.amazonaws.com", "sts.eu-west-1.amazonaws.com"],
    [{ fips: true }, "secretsmanager-fips.eu-west-1.amazonaws.com", "sts-fips.eu-west-1.amazonaws.com"],
    [{ dualStack: true }, "secretsmanager.eu-west-1.amazonaws.com", "sts.eu-west-1.api.aws"],
    [{ region: "cn-north-1" }, "secretsmanager.cn-north-1.amazonaws.com.cn", "sts.cn-north-1.amazonaws.com.cn"],
  ] as const)("with %o", async (options, secretsManager, sts) => {
    const about = { region: "eu-west-1", auth: keys, ...options };
    // The proxy sees the host and goes no further.
    expect(await codeOf(reads(about, { HTTPS_PROXY: proxy.url }))).toBe("unavailable");
    expect(proxy.asked).toEqual([`${sts}:443`, `${secretsManager}:443`]);
    const switches = Object.entries(NAMES).flatMap(([option, name]) => (option in options ? [[name, "true"]] : []));
    const env = { HTTPS_PROXY: proxy.url, ...(Object.fromEntries(switches) as Env) };
    const { region } = about;
    await refused(reads({ region, auth: keys }, env));
    expect(proxy.asked.slice(2)).toEqual([`${sts}:443`, `${secretsManager}:443`]);
  });
});

describe("an endpoint", () => {
  it("of a service wins over that of all, and an option over both", async () => {
    const env = { ...fixture.vault.env, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
    const own = { AWS_ENDPOINT_URL_SECRETS_MANAGER: fixture.vault.url, AWS_ENDPOINT_URL_STS: fixture.vault.url };
    expect(await reads({}, { ...env, ...own })).toBe(user("app"));
    const wrong = { AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:9" };
    expect(await reads({ endpoint: fixture.vault.url, stsEndpoint: fixture.vault.url }, { ...env, ...wrong })).toBe(
      user("app"),
    );
  });

  it("on loopback stands for STS too: its keys are nothing for the real one", async () => {
    const { AWS_ENDPOINT_URL: _, ...env } = fixture.vault.env;
    expect(await reads({ endpoint: fixture.vault.url }, env)).toBe(user("app"));
    expect(fixture.vault.log.count("sts.GetCallerIdentity")).toBe(1);
  });

  it("beside FIPS or dual-stack is refused, since only one of them can be meant", async () => {
    expect(await codeOf(reads({ fips: true }, fixture.vault.env))).toBe("invalid_config");
    expect(await codeOf(reads({}, { ...fixture.vault.env, AWS_USE_DUALSTACK_ENDPOINT: "true" }))).toBe(
      "invalid_config",
    );
    expect(fixture.vault.log.count()).toBe(0);
  });

  it("in the clear, or with a password in it, is refused by its name and never quoted", async () => {
    for (const [AWS_ENDPOINT_URL, says] of [
      ["http://example.com", "must begin with https; plain http is for loopback addresses only."],
      ["https://x:vlcanary-password@example.com", "must hold a host and a path, and nothing else."],
      ["vlcanary-no-url", "must be a URL such as https://secretsmanager.eu-west-1.amazonaws.com."],
    ] as const) {
      const error = await refused(reads({}, { ...fixture.vault.env, AWS_ENDPOINT_URL }));
      expect([error.code, error.message]).toEqual(["invalid_config", `AWS_ENDPOINT_URL ${says}`]);
    }
  });
});

describe("a call", () => {
  const env = (): Env => ({ ...secure, AWS_CA_BUNDLE: certificate.file });
  const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

  it("that is aborted ends at once, also at the other end", async () => {
    await withSession({}, { env: env() }, async (session) => {
      const controller = new AbortController();
      const hung = fixture.vault.fault({ on: "secretsmanager.*", kind: "hang" });
      const call = refused(session.read(locator("app/db"), context({ signal: controller.signal })));
      while (hung.hits === 0) await turn();
      controller.abort();
      expect((await call).code).toBe("aborted");
      while (front.pending() > 0) await turn();
      hung.clear();
      expect((await session.read(locator("app/db"), context())).version).toBeDefined();
    });
  });

  it("that is under way when the session is closed is aborted, not broken", async () => {
    await withSession({}, { env: env() }, async (session) => {
      const hung = fixture.vault.fault({ on: "secretsmanager.*", kind: "hang" });
      const call = refused(session.read(locator("app/db"), context()));
      while (hung.hits === 0) await turn();
      await session.close?.();
      expect((await call).code).toBe("aborted");
    });
  });

  it("that was aborted before it began sends nothing", async () => {
    await withSession({}, { env: env() }, async (session) => {
      const before = front.requests();
      expect(await codeOf(session.read(locator("app/db"), context({ signal: AbortSignal.abort() })))).toBe("aborted");
      expect(front.requests()).toBe(before);
    });
  });

  it.each(["throttle", "drop", "html", "empty"] as const)("that meets %s is sent once", async (kind) => {
    await withSession({}, { env: env() }, async (session) => {
      const fault = fixture.vault.fault({ on: "secretsmanager.*", kind });
      await refused(session.read(locator("app/db"), context()));
      expect(fault.hits).toBe(1);
    });
  });

  it("takes the connection of the one before it, which was STS's", async () => {
    await withSession({}, { env: env() }, async (session) => {
      for (const path of ["app/db", "app/api-key", "app/number"]) await session.read(locator(path), context());
      expect([front.requests(), front.connections()]).toEqual([4, 1]);
    });
  });

  it("of an open that is aborted while STS is asked ends at once", async () => {
    const controller = new AbortController();
    const hung = fixture.vault.fault({ on: "sts.*", kind: "hang" });
    const call = refused(withSession({}, { env: env(), signal: controller.signal }, () => Promise.resolve()));
    while (hung.hits === 0) await turn();
    controller.abort();
    expect((await call).code).toBe("aborted");
  });

  it("of an open that is aborted while it looks for credentials ends at once, with its thread", async () => {
    await fixture.home.signIn();
    const controller = new AbortController();
    const hung = fixture.vault.fault({ on: "sso.*", kind: "hang" });
    const person = { ...env(), ...profile(fixture, "sso").env, AWS_ENDPOINT_URL: front.url };
    // Nothing but the thread's end could end its call.
    const patient = { requestTimeoutMs: 600_000 };
    const call = refused(withSession(patient, { env: person, signal: controller.signal }, () => Promise.resolve()));
    while (hung.hits === 0) await turn();
    controller.abort();
    expect((await call).code).toBe("aborted");
    while (front.pending() > 0) await turn();
  });
});
