import { isSecretError, type Session } from "@vaultlink/core/provider";
import { parseReference } from "@vaultlink/core/internal";
import { AWS_ACCOUNT, AWS_OTHER_ACCOUNT, AWS_SEED, CANARY, startAws, type AwsStandIn } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { aws, plugin } from "../src/index.ts";
import { countingProxy } from "./counting-proxy.ts";
import { useFixture } from "./credentials/fixture.ts";
import { selfSigned } from "@vaultlink/test-support";
import { context, locator, refused, textOf, withSession } from "./support.ts";

/** Somebody who may read and list everything. */
const EVERYTHING: typeof AWS_SEED = {
  ...AWS_SEED,
  users: { app: { ...(AWS_SEED.users["app"] as (typeof AWS_SEED.users)[string]), reads: [""] } },
};
let vault: AwsStandIn;
beforeEach(async () => {
  vault = await startAws({ seed: EVERYTHING });
});
afterEach(() => vault.stop());

const opened = <T>(options: Parameters<typeof aws>[0], use: (session: Session) => Promise<T>): Promise<T> =>
  withSession(options ?? {}, { env: vault.env }, use);
const listed = async (session: Session, prefix: string): Promise<readonly string[]> => {
  const paths: string[] = [];
  for await (const entry of session.list?.({ prefix }, context()) ?? []) paths.push(entry.locator.path);
  return paths;
};

describe("A1: every name that AWS allows has a form", () => {
  it.each([
    ["/app/lead", "~1app/lead"],
    ["app/tail/", "app/tail~1"],
    ["app//twice", "app/~1twice"],
    ["//", "~1~1"],
    ["app/./x", "app/.~1x"],
    ["app/../x", "app/..~1x"],
    ["app/..", "app~1.."],
    ["../up", "..~1up"],
  ])("%s is written %s", async (name, path) => {
    const arn = vault.put(name, `${CANARY}odd`);
    const reference = parseReference(`aws://${path}`);
    await opened({}, async (session) => {
      expect(await listed(session, "")).toContain(path);
      expect(textOf(await session.read(reference.locator, context()))).toBe(`${CANARY}odd`);
      const byArn = plugin.parseIdentifier?.(arn)?.locator ?? locator("");
      parseReference(`aws://${byArn.path}`);
      expect(textOf(await session.read(byArn, context()))).toBe(`${CANARY}odd`);
      const both = await session.readMany?.([reference.locator, locator("app/api-key")], context());
      expect(both?.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    });
  });

  it("a name of nothing but dots is listed, and read, by its ARN", async () => {
    const arn = vault.put("..", `${CANARY}odd`);
    await opened({}, async (session) => {
      expect(await listed(session, "..")).toEqual([arn]);
      expect(textOf(await session.read(locator(arn), context()))).toBe(`${CANARY}odd`);
    });
  });

  it("lists what begins so, also with a slash that is written otherwise", async () => {
    vault.put("/app/lead", `${CANARY}odd`);
    await opened({}, async (session) => expect(await listed(session, "~1app/")).toEqual(["~1app/lead"]));
  });
});

describe("R10: the account of a connection counts on every way in", () => {
  const elsewhere = (): string => vault.arn("app/elsewhere", AWS_OTHER_ACCOUNT);
  const role = `arn:aws:iam::${AWS_OTHER_ACCOUNT}:role/reader`;
  it.each([
    ["an ARN", AWS_ACCOUNT, () => locator(elsewhere())],
    ["a partial ARN", AWS_ACCOUNT, () => locator(elsewhere().slice(0, -7))],
    ["an ARN and a stage", AWS_ACCOUNT, () => locator(elsewhere(), { stage: "AWSCURRENT" })],
    ["a role", AWS_ACCOUNT, () => locator("app/db", { role })],
    ["a name, whoever asks being of another", AWS_OTHER_ACCOUNT, () => locator("app/db")],
  ])("%s of another account is a mismatch", async (_, account, of) => {
    await opened({ account }, async (session) => {
      const outcomes = [session.read(of(), context()), session.version?.(of(), context()) ?? Promise.resolve("")];
      for (const error of await Promise.all(outcomes.map((outcome) => refused(outcome)))) {
        expect([error.code, error.details.reason]).toEqual(["invalid_reference", "mismatch"]);
      }
      const [one, two] = (await session.readMany?.([of(), of()], context())) ?? [];
      const reasons = [one, two].map(
        (each) => each?.status === "rejected" && isSecretError(each.reason) && each.reason,
      );
      expect(reasons).toEqual([expect.objectContaining({ code: "invalid_reference" }), expect.anything()]);
    });
  });

  it("listing another account is one as well", async () => {
    await opened({ account: AWS_OTHER_ACCOUNT }, async (session) => {
      expect((await refused(listed(session, "app/"))).details.reason).toBe("mismatch");
    });
  });

  it("its own secrets are read", async () => {
    await opened({ account: AWS_ACCOUNT }, async (session) => {
      expect(textOf(await session.read(locator(vault.arn("app/api-key")), context()))).toBe(`${CANARY}api-key`);
    });
  });
});

describe("A7: pages that go round in circles end", () => {
  it.each([
    ["empty", [""], 1],
    ["the same again", ["again", "again"], 2],
    ["one of before", ["a", "b", "a"], 3],
  ])("the next one is %s", async (_, tokens, calls) => {
    for (const NextToken of tokens) {
      const body = { SecretList: [], SecretValues: [], Errors: [], NextToken };
      vault.fault({ on: "secretsmanager.*", kind: "status", status: 200, times: 1, body });
    }
    await opened({}, async (session) => {
      vault.log.clear();
      expect((await refused(listed(session, ""))).code).toBe("unavailable");
      expect(vault.log.count()).toBe(calls);
    });
  });

  it("of a batch alike", async () => {
    const body = { SecretValues: [], Errors: [], NextToken: "again" };
    vault.fault({ on: "secretsmanager.*", kind: "status", status: 200, body });
    await opened({}, async (session) => {
      const batch = session.readMany?.([locator("app/db"), locator("app/api-key")], context());
      expect((await refused(Promise.resolve(batch))).code).toBe("unavailable");
    });
  });
});

describe("A4: names that callers chose are no words of AWS's", () => {
  it.each(["audit/kms-token", "app/kms", "app/invalid-mfa", "app/Access.KMS"])("%s", async (name) => {
    const message = `User: arn:aws:iam::${AWS_ACCOUNT}:user/kms is not authorized to perform: secretsmanager:GetSecretValue on resource: ${name}`;
    const headers = { "x-amzn-errortype": "AccessDeniedException" };
    vault.fault({ on: "secretsmanager.*", kind: "status", status: 400, headers, body: { message } });
    await opened({}, async (session) => {
      const { code, details } = await refused(session.read(locator(name), context()));
      expect([code, details.hint]).toEqual(["denied", "allow secretsmanager:GetSecretValue on the secret"]);
    });
  });
});

describe("the version that is current, without the value", () => {
  const id = (version: number): string => `00000000-0000-4000-8000-00000000000${version}`;
  it.each([
    ["the current one", {}, id(3)],
    ["of a stage", { stage: "AWSPREVIOUS" }, id(2)],
    ["of a stage, written otherwise", { version: "AWSPREVIOUS" }, id(2)],
    ["a pinned one is itself", { version: id(1) }, id(1)],
  ])("%s", async (_, query, expected) => {
    await opened({}, async (session) => {
      const { version } = await session.read(locator("app/db", query), context());
      expect([await session.version?.(locator("app/db", query), context()), version]).toEqual([expected, expected]);
    });
  });

  it.each([
    ["app/none", {}, "not_found"],
    ["app/db", { stage: "AWSPENDING" }, "not_found"],
    ["app/deleted", {}, "unusable"],
  ])("of %s %o is refused as a read is: %s", async (path, query, code) => {
    await opened({}, async (session) => {
      expect((await refused(Promise.resolve(session.version?.(locator(path, query), context())))).code).toBe(code);
      expect((await refused(session.read(locator(path, query), context()))).code).toBe(code);
    });
  });

  it("every spelling of a secret has one id: its ARN", async () => {
    const arn = vault.arn("app/db");
    await opened({}, async (session) => {
      const spellings = [
        locator("app/db"),
        locator(arn),
        locator(arn.slice(0, -7)),
        locator("app/db", { version: id(1) }),
      ];
      const ids = await Promise.all(spellings.map(async (each) => (await session.read(each, context())).id));
      expect(ids).toEqual([arn, arn, arn, arn]);
    });
  });
});

describe("where secrets and credentials go", () => {
  it.each([
    "https://169.254.169.254/",
    "https://[fd00:ec2::254]/",
    "https://metadata.google.internal./",
    "http://169.254.169.254/",
  ])("R24: %s is no endpoint", async (address) => {
    for (const make of [() => aws({ endpoint: address }), () => aws({ stsEndpoint: address })]) {
      expect(make).toThrow(expect.objectContaining({ code: "invalid_config" }));
    }
    const env = { ...vault.env, AWS_ENDPOINT_URL: address };
    expect((await refused(aws().open(context({ env })))).code).toBe("invalid_config");
  });

  const fixture = useFixture();
  it("R17: NODE_TLS_REJECT_UNAUTHORIZED=0 lets no stranger in", async () => {
    const front = await countingProxy(vault.url, { tls: selfSigned(fixture.home.path) });
    onTestFinished(() => front.stop());
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    onTestFinished(() => void vi.unstubAllEnvs());
    const env = { ...vault.env, AWS_ENDPOINT_URL: front.url };
    expect(
      (await refused(withSession({}, { env }, (session) => session.read(locator("app/db"), context())))).code,
    ).toBe("unavailable");
    expect(front.requests()).toBe(0);
  });
});
