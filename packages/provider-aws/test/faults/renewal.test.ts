import { readFile, writeFile } from "node:fs/promises";
import { isSecretError } from "@vaultlink/core/provider";
import { createVault, type Vault } from "@vaultlink/core";
import { CANARY } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { aws } from "../../src/index.ts";
import { profile, role, session, useFixture, user } from "../credentials/fixture.ts";
import { context, locator, refused, withSession } from "../support.ts";

const fixture = useFixture();
// The thread that looks for credentials has the machine's time.
const START = Date.now();
const MINUTE = 60_000;

// The SDK dates its signatures itself: it and the stand-in are shown the same time, and only that.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: START }));
afterEach(() => void vi.useRealTimers());

/** The profile's program gives the keys of a user, for ten minutes. */
async function programGives(name: string): Promise<void> {
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = fixture.vault.seed.users[name]?.keys ?? {};
  const Expiration = new Date(Date.now() + 10 * MINUTE).toISOString();
  await fixture.home.processPrints(JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, Expiration }));
}

/** The person's role of the profile `sso`. */
async function portalGives(name: string): Promise<void> {
  const file = `${fixture.home.path}/.aws/config`;
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replaceAll(/sso_role_name = \w+/g, `sso_role_name = ${name}`));
}

/** The platform's endpoint answers with another role's credentials. */
function platformGives(on: string, credentials: object): void {
  const Expiration = new Date(Date.now() + 60 * MINUTE).toISOString();
  fixture.vault.fault({ on, kind: "status", status: 200, body: { ...credentials, Expiration } });
}

const SOURCES = {
  credential_process: {
    start: () => programGives("app"),
    change: () => programGives("audit"),
    env: () => profile(fixture, "process").env,
    after: 6,
  },
  SSO: {
    start: () => fixture.home.signIn({ expiresAt: START + 8 * 60 * MINUTE }),
    change: () => portalGives("ci"),
    env: () => profile(fixture, "sso").env,
    after: 56,
  },
  container: {
    start: () => undefined,
    change: () =>
      platformGives("container.*", { AccessKeyId: "AKIAAUDIT00000AUDIT1", SecretAccessKey: `${CANARY}x`, Token: "" }),
    env: () => ({
      ...fixture.bare,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${fixture.vault.url}/container`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: fixture.vault.seed.containerToken,
    }),
    after: 56,
  },
} as const;

describe.each(Object.entries(SOURCES))("R1: a renewal of %s that brings another identity", (_, source) => {
  it("ends the session before anything is read as somebody else", async () => {
    await source.start();
    await withSession({}, { env: source.env() ?? {} }, async (opened) => {
      await opened.read(locator("app/api-key"), context());
      vi.setSystemTime(START + source.after * MINUTE);
      await source.change();
      fixture.vault.log.clear();
      for (let times = 0; times < 2; times++) {
        const { code } = await refused(opened.read(locator("app/api-key"), context()));
        expect(code).toBe("unauthenticated");
      }
      expect(fixture.vault.log.count("secretsmanager.*")).toBe(0);
    });
  });
});

describe("R1: in core", () => {
  let vault: Vault;
  beforeEach(async () => {
    await programGives("app");
    vault = createVault({ connections: { aws: aws() }, env: profile(fixture, "process").env ?? {}, random: () => 0.5 });
    onTestFinished(() => vault.close());
  });
  const read = (path: string): Promise<string> =>
    vault.get(`aws://${path}`).then(
      (value) => value.reveal(),
      (thrown: unknown) => (isSecretError(thrown) ? thrown.code : "not ours"),
    );
  const identity = () => vault.status().connections[0]?.identity;

  it("opens a session of its own, and the values of the first are gone", async () => {
    expect([await read("app/api-key"), identity()]).toEqual([`${CANARY}api-key`, user("app")]);
    vi.setSystemTime(START + 6 * MINUTE);
    await programGives("audit");
    expect([await read("audit/report"), identity()]).toEqual([`${CANARY}audit-report`, user("audit")]);
    expect(await read("app/api-key")).toBe("denied");
  });

  it("the same identity goes on, and its values stay", async () => {
    expect([await read("app/api-key"), identity()]).toEqual([`${CANARY}api-key`, user("app")]);
    vi.setSystemTime(START + 6 * MINUTE);
    await programGives("app");
    expect([await read("app/number"), identity()]).toEqual(["5432", user("app")]);
    fixture.vault.log.clear();
    expect(await read("app/api-key")).toBe(`${CANARY}api-key`);
    expect(fixture.vault.log.count()).toBe(0);
  });

  it("while nobody can say whose the new ones are, the old ones are used to their end", async () => {
    expect([await read("app/api-key"), identity()]).toEqual([`${CANARY}api-key`, user("app")]);
    fixture.vault.fault({ on: "sts.*", kind: "status", status: 503 });
    vi.setSystemTime(START + 6 * MINUTE);
    await programGives("audit");
    expect([await read("app/number"), identity()]).toEqual(["5432", user("app")]);
    vi.setSystemTime(START + 11 * MINUTE);
    expect(await read("audit/report")).toBe(`${CANARY}audit-report`);
    expect(identity()).toMatch(/^unproven:/);
    expect(await read("app/api-key")).toBe("denied");
  });
});

it("R1: a role's session is the same whoever assumes it", async () => {
  await programGives("app");
  const env = profile(fixture, "process").env ?? {};
  await withSession({ role: { arn: role("reader") } }, { env }, async (opened) => {
    vi.setSystemTime(START + 56 * MINUTE);
    await programGives("audit");
    await opened.read(locator("reader/only"), context());
    expect(opened.identity).toBe(session("reader", "vaultlink"));
  });
});
