import { writeFile } from "node:fs/promises";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { isSecretError } from "@vaultlink/core/provider";
import { createVault, type Vault, type VaultOptions } from "@vaultlink/core";
import { AWS_OTHER_ACCOUNT, AWS_SEED, type AwsSeed, CANARY, startAws } from "@vaultlink/stand-ins";
import { manualClock } from "@vaultlink/testkit";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { aws } from "../src/index.ts";
import { countingProxy } from "./counting-proxy.ts";
import { useFixture } from "./credentials/fixture.ts";

const fixture = useFixture();
let vaults: Vault[] = [];

beforeEach(() => {
  vaults = [];
});
afterEach(() => Promise.all(vaults.map((vault) => vault.close())));

/** Core with one connection, `aws`. Delays are never left to chance. */
function withCore(options: Partial<VaultOptions> = {}): Vault {
  const vault = createVault({ connections: { aws: aws() }, env: fixture.vault.env, random: () => 0.5, ...options });
  vaults.push(vault);
  return vault;
}

/** So many secrets, and their names. */
function fill(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    fixture.vault.put(`app/many/${index}`, `${CANARY}many-${index}`);
    return `aws://app/many/${index}`;
  });
}

/** The numbers at the ends of the values, or the codes. */
async function outcomes(vault: Vault, names: readonly string[]): Promise<readonly string[]> {
  const settled = await vault.getMany(names);
  return settled.map((outcome) => {
    if (outcome.status === "fulfilled") return outcome.value.reveal().slice(CANARY.length);
    return isSecretError(outcome.reason) ? outcome.reason.code : "not ours";
  });
}

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `many-${index}`);
const reads = (): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(fixture.vault.log.counts).filter(([route]) => route.startsWith("secretsmanager.")));
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
const code = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "resolved",
    (thrown: unknown) => (isSecretError(thrown) ? thrown.code : "not ours"),
  );

describe("many references", () => {
  it("of fifty secrets cost three calls", async () => {
    const names = fill(50);
    expect(await outcomes(withCore(), names)).toEqual(numbered(50));
    expect(reads()).toEqual({ "secretsmanager.BatchGetSecretValue": 3 });
  });

  it("of twenty-one secrets cost a call for twenty, and one for the last", async () => {
    expect(await outcomes(withCore(), fill(21))).toEqual(numbered(21));
    expect(reads()).toEqual({ "secretsmanager.BatchGetSecretValue": 1, "secretsmanager.GetSecretValue": 1 });
  });

  it("of a thousand cost fifty, eight at a time", async () => {
    const names = fill(1000);
    const proxy = await countingProxy(fixture.vault.url, { crowd: 8 });
    const vault = withCore({ env: { ...fixture.vault.env, AWS_ENDPOINT_URL: proxy.url } });
    expect(await outcomes(vault, names)).toEqual(numbered(1000));
    expect(reads()).toEqual({ "secretsmanager.BatchGetSecretValue": 50 });
    expect(proxy.most()).toBe(8);
    await proxy.stop();
  });

  it("of one secret, by any names and fields, cost one read", async () => {
    const links = { A: "aws://app/db#password", B: "aws://app/db#username", C: "aws://app/db#password" };
    const vault = withCore({ links });
    expect(await outcomes(vault, ["A", "C", "A", "aws://app/db#password"])).toEqual(Array(4).fill("db-password-3"));
    expect((await vault.get("B")).reveal()).toBe("app");
    expect(reads()).toEqual({ "secretsmanager.GetSecretValue": 1 });
  });

  it("of versions are read singly, a few at a time, beside the call for the others", async () => {
    const stages = Array.from({ length: 12 }, (_, index) => `aws://app/db?version=AWSPREVIOUS&stage=x${index}`);
    const names = [
      ...fill(8),
      "aws://app/db?version=AWSPREVIOUS#password",
      ...stages.map((name) => name.replace("version=AWSPREVIOUS&", "")),
    ];
    const proxy = await countingProxy(fixture.vault.url, { crowd: 7 });
    const vault = withCore({ env: { ...fixture.vault.env, AWS_ENDPOINT_URL: proxy.url } });
    const found = await outcomes(vault, names);
    expect(found.slice(0, 9)).toEqual([...numbered(8), "db-password-2"]);
    expect(new Set(found.slice(9))).toEqual(new Set(["not_found"]));
    expect(reads()).toEqual({ "secretsmanager.BatchGetSecretValue": 1, "secretsmanager.GetSecretValue": 13 });
    // One call for eight, five of its twelve, and one that core sends by itself.
    expect(proxy.most()).toBe(7);
    await proxy.stop();
  });

  it("are read singly for the rest of the session where batches are not allowed, which is asked once and told", async () => {
    const vault = withCore({ env: fixture.vault.envOf("single") });
    const names = fill(6);
    const told: unknown[] = [];
    const listen = (event: unknown): void => void told.push(event);
    subscribe("vaultlink:read", listen);
    onTestFinished(() => void unsubscribe("vaultlink:read", listen));
    expect(await outcomes(vault, names.slice(0, 3))).toEqual(numbered(3));
    expect(await outcomes(vault, names.slice(3))).toEqual(numbered(6).slice(3));
    expect(reads()).toEqual({ "secretsmanager.BatchGetSecretValue": 1, "secretsmanager.GetSecretValue": 6 });
    expect(told.filter((event) => (event as { code?: string }).code !== undefined)).toEqual([
      expect.objectContaining({ connection: "aws", code: "denied", items: 3 }),
    ]);
  });
});

describe("versions of one secret", () => {
  it("E24: a pinned one, a stage and the current one are read and kept apart, and all expire", async () => {
    const clock = manualClock();
    const vault = withCore({ clock });
    const names = ["aws://app/db#password", "aws://app/db?version=AWSPREVIOUS#password"];
    const { version } = (await vault.get("aws://app/db?version=AWSPREVIOUS#password")).provenance;
    const all = [...names, `aws://app/db?version=${version}#password`];
    const texts = (await outcomes(vault, all)).map(String);
    expect(texts[0]).not.toBe(texts[1]);
    expect(texts[2]).toBe(texts[1]);
    const before = sum(reads());
    await outcomes(vault, all);
    expect(sum(reads())).toBe(before);
    clock.advance(60 * 60_000);
    expect(await outcomes(vault, all)).toEqual(texts);
    expect(sum(reads())).toBe(before + 3);
  });
});

describe("profiles in one process", () => {
  // The same name, in two accounts.
  const seed = (): AwsSeed => {
    const { audit } = AWS_SEED.users as { readonly audit: AwsSeed["users"][string] };
    return {
      ...AWS_SEED,
      users: { ...AWS_SEED.users, audit: { ...audit, account: AWS_OTHER_ACCOUNT, reads: ["app/"] } },
    };
  };

  it("dev and then prod never share a value, whichever asks first, also at the same time", async () => {
    const two = await startAws({ seed: seed() });
    two.put("app/db", `${CANARY}of-prod`, AWS_OTHER_ACCOUNT);
    two.put("app/db", `${CANARY}of-dev`);
    const env = { ...fixture.bare, AWS_ENDPOINT_URL: two.url };
    const vault = withCore({ links: { DB: "aws://app/db" }, env: { ...env, AWS_PROFILE: "dev" } });
    const prod = { env: { ...env, AWS_PROFILE: "prod" } };
    const ours = async (options?: typeof prod) => (await vault.get("DB", options)).reveal().slice(CANARY.length);
    expect(await Promise.all([ours(), ours(prod), ours()])).toEqual(["of-dev", "of-prod", "of-dev"]);
    expect([await ours(prod), await ours()]).toEqual(["of-prod", "of-dev"]);
    expect(two.log.count("secretsmanager.*")).toBe(2);
    // Withdrawn from one, the other's copy does not answer in its place.
    vault.reset();
    two.remove("app/db");
    expect([await code(ours()), await ours(prod)]).toEqual(["not_found", "of-prod"]);
    await two.stop();
  });

  it("whose keys were changed are another identity, and the values before are gone", async () => {
    const file = `${fixture.home.path}/credentials`;
    const write = (who: string): Promise<void> => {
      const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = fixture.vault.envOf(who);
      const keys = `aws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\n`;
      return writeFile(file, `[default]\n${keys}`);
    };
    await write("app");
    const vault = withCore({ env: { ...fixture.bare, AWS_SHARED_CREDENTIALS_FILE: file } });
    expect(await code(vault.get("aws://app/api-key"))).toBe("resolved");
    await write("audit");
    await vault.reauthenticate("aws");
    expect([await code(vault.get("aws://app/api-key")), await code(vault.get("aws://audit/report"))]).toEqual([
      "denied",
      "resolved",
    ]);
  });

  it("find a sign-in that came later", async () => {
    const links = { DB: "aws://app/db#username" };
    const env = { ...fixture.bare, AWS_PROFILE: "sso" };
    const vault = withCore({ links, env });
    expect(await code(vault.get("DB"))).toBe("unauthenticated");
    await fixture.home.signIn();
    await vault.reauthenticate("aws");
    expect((await vault.get("DB")).reveal()).toBe("app");
  });
});

describe("what core does about a refusal", () => {
  it.each([
    ["AWS fails once", { kind: "status", status: 503 }, 2],
    ["the connection is dropped once", { kind: "drop" }, 2],
    ["a page answers once", { kind: "html" }, 2],
  ] as const)("asks again when %s", async (_, fault, calls) => {
    fixture.vault.fault({ on: "secretsmanager.*", times: 1, ...fault });
    expect((await withCore().get("aws://app/api-key")).reveal()).toBe(`${CANARY}api-key`);
    expect(reads()).toEqual({ "secretsmanager.GetSecretValue": calls });
  });

  it.each([
    ["not_found", "aws://app/none"],
    ["denied", "aws://audit/report"],
    ["unusable", "aws://app/deleted"],
  ])("does not ask again after %s", async (expected, reference) => {
    expect(await code(withCore().get(reference))).toBe(expected);
    expect(reads()).toEqual({ "secretsmanager.GetSecretValue": 1 });
  });

  it.each([60, -60])(
    "reads at once although the clocks differ by %d minutes, since STS has told the time",
    async (minutes) => {
      fixture.vault.clock.advance(minutes * 60_000);
      expect((await withCore().get("aws://app/api-key")).reveal()).toBe(`${CANARY}api-key`);
      expect(reads()).toEqual({ "secretsmanager.GetSecretValue": 1 });
    },
  );

  it("opens anew once when the credentials were refused, and picks up new ones", async () => {
    const vault = withCore({ env: { ...fixture.bare, AWS_PROFILE: "role" } });
    expect(await code(vault.get("aws://reader/only"))).toBe("resolved");
    fixture.vault.revoke("reader");
    vault.reset();
    expect(await code(vault.get("aws://reader/only"))).toBe("resolved");
    expect(fixture.vault.log.count("sts.AssumeRole")).toBe(2);
  });

  it("E25: keeps a role of one reference apart from the connection's own identity", async () => {
    const vault = withCore();
    const as = "arn:aws:iam::111122223333:role/reader";
    expect(await code(vault.get(`aws://reader/only?role=${as}`))).toBe("resolved");
    expect(await code(vault.get("aws://reader/only"))).toBe("denied");
  });
});
