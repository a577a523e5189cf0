import { type Client, createClient } from "@1password/sdk";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CANARY, isId, type OnePasswordStandIn, startOnePassword } from "../src/index.ts";

let vault: OnePasswordStandIn;

beforeEach(async () => {
  vault = await startOnePassword();
});
afterEach(() => vault.stop());

/** A client must be held as long as what it gave is used: the SDK frees it once it is garbage. */
const signIn = (account = "app", at: OnePasswordStandIn = vault): Promise<Client> =>
  createClient({ auth: at.tokenOf(account), integrationName: "stand-in", integrationVersion: "1" });

/** What the SDK says when it refuses. */
async function says(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "nothing",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe("the real SDK", () => {
  it("signs in 20 times in a row, each time with keys made anew", async () => {
    for (let login = 0; login < 20; login++) {
      vault.rotate("app");
      expect(await (await signIn()).secrets.resolve("op://Second/alone/password")).toBe(`${CANARY}alone`);
    }
    expect(vault.log.count("auth.complete")).toBe(20);
  });

  it("makes the requests that were measured, and no other", async () => {
    const costs = async (call: () => Promise<unknown>): Promise<number> => {
      vault.log.clear();
      await call();
      return vault.log.count();
    };
    const client = await signIn();
    expect(vault.log.count()).toBe(4);
    const { items, secrets, vaults } = client;
    const [id, item] = [vault.idOf("App"), vault.idOf("App", "db")];
    expect(await costs(() => secrets.resolve("op://App/db/password"))).toBe(4);
    expect(await costs(() => secrets.resolve("op://App/db/password"))).toBe(3);
    expect(await costs(() => secrets.resolve(`op://${id}/db/password`))).toBe(2);
    expect(await costs(() => secrets.resolve(`op://${id}/${item}/password`))).toBe(1);
    expect(await costs(() => secrets.resolveAll([]))).toBe(1);
    expect(await costs(() => secrets.resolveAll(["op://App/db/password", "op://Second/db/password"]))).toBe(5);
    expect(await costs(() => vaults.list())).toBe(1);
    expect(await costs(() => items.list(id))).toBe(1);
    vault.expire();
    // The refused request, a login, and the request once more.
    expect(await costs(() => client.secrets.resolve(`op://${id}/${item}/password`))).toBe(6);
  });
});

describe("what the real SDK reads", () => {
  let seeded: OnePasswordStandIn;
  let client: Client;
  beforeAll(async () => {
    seeded = await startOnePassword();
    client = await signIn("app", seeded);
  });
  beforeEach(() => seeded.log.clear());
  afterAll(() => seeded.stop());

  it.each([
    ["op://App/db/username", "app"],
    ["op://app/DB/Username", "app"],
    ["op://App/API Key/empty", ""],
    ["op://App/db/add more/username", "app"],
    ["op://App/wide/field 59", `${CANARY}field-59`],
    ["op://App/sections/First/password", `${CANARY}first`],
    ["op://App/sections/two/password", `${CANARY}second`],
    ["op://App/files/config.txt", `${CANARY}file`],
    ["op://App/files/Files/config.txt", `${CANARY}file`],
    ["op://App/no item matched/rate limit exceeded", `${CANARY}named-like-a-message`],
  ])("reads %s", async (reference, value) => {
    expect((await client.secrets.resolve(reference)) === value).toBe(true);
  });

  it("reads a value of a mebibyte, a file of bytes, and a code for now", async () => {
    const { items, secrets } = client;
    expect(await secrets.resolve("op://App/large/password")).toHaveLength(CANARY.length + 1024 * 1024);
    expect(await secrets.resolve("op://App/otp/one-time password?attribute=otp")).toMatch(/^\d{6}$/);
    const { files, id, vaultId } = await items.get(seeded.idOf("App"), seeded.idOf("App", "files"));
    const bytes = files.find(({ attributes }) => attributes.name === "key.bin");
    if (bytes === undefined) throw new Error("The file is not there.");
    expect([...(await items.files.read(vaultId, id, bytes.attributes))].slice(0, 3)).toEqual([255, 0, 128]);
  });

  it.each([
    ["op://Nowhere/db/password", "no vault matched the secret reference query"],
    ["op://Audit/report/password", "no vault matched the secret reference query"],
    ["op://App/nothing/password", "no item matched the secret reference query"],
    ["op://App/archived/password", "no item matched the secret reference query"],
    ["op://App/twice/password", "more than one item matched the secret reference query"],
    ["op://App/sections/password", "more than one field matched the secret reference"],
    ["op://App/db/nothing", "the specified field cannot be found within the item"],
    ["op://App/db/nothing/password", "no section matched the secret reference"],
    ["op://App/files/key.bin", "unable to retrieve file content, currently only text files are supported"],
    ["op://App/db/password?attribute=otp", "TOTP attribute can only be applied to TOTP-type fields"],
    [
      "op://Sealed/db/password",
      "unable to retrieve item: you do not have the right permissions to perform this action: performing an item operation",
    ],
  ])("is refused %s", async (reference, text) => {
    expect(await says(client.secrets.resolve(reference))).toBe(`error resolving secret reference: ${text}`);
  });

  it("reads a batch of more items than one request takes", async () => {
    const { secrets } = client;
    const references = Array.from({ length: 100 }, (_, index) => `op://Many/item ${index}/password`);
    const { individualResponses } = await secrets.resolveAll(references);
    expect(Object.values(individualResponses).filter(({ error }) => error)).toEqual([]);
    expect(seeded.log.count("items.batch")).toBe(2);
  });

  it("lists with ids of the vendor's form, and archived items when asked for them", async () => {
    const { items, vaults } = client;
    const seen = await vaults.list();
    expect(seen.map(({ title }) => title).toSorted()).toEqual(["App", "Many", "Sealed", "Second"]);
    expect(seen.every(({ id }) => isId(id))).toBe(true);
    expect((await items.list(seeded.idOf("App"))).map(({ title }) => title)).not.toContain("archived");
    const archived = { type: "ByState", content: { active: false, archived: true } } as const;
    expect((await items.list(seeded.idOf("App"), archived)).map(({ title }) => title)).toEqual(["archived"]);
  });
});

describe("what others do meanwhile", () => {
  it("a revoked token is refused after one more login; another keeps its session", async () => {
    const [app, audit] = [await signIn(), await signIn("audit")];
    vault.revoke("app");
    vault.log.clear();
    expect(await says(app.secrets.resolve("op://App/db/password"))).toContain("bad credentials, please retry");
    expect(vault.log.counts).toEqual({ "vaults.list": 1, "auth.start": 1 });
    expect(await says(signIn())).toBe("authentication error: you are not authenticated");
    expect(await says(audit.secrets.resolve("op://Audit/report/password"))).toBe("nothing");
  });

  it("a token that was rotated is refused, and the new one is another token of the same account", async () => {
    const before = vault.tokenOf("app");
    vault.rotate("app");
    expect(vault.tokenOf("app") === before).toBe(false);
    const old = createClient({ auth: before, integrationName: "stand-in", integrationVersion: "1" });
    expect(await says(old)).toBe("authentication error: you are not authenticated");
  });

  it("items are changed, renamed, archived, deleted, removed, and vaults come and go", async () => {
    const client = await signIn();
    const { secrets } = client;
    const read = (reference: string): Promise<string> => says(client.secrets.resolve(reference));
    vault.change("App", "db", "username", "other");
    expect(await secrets.resolve("op://App/db/username")).toBe("other");
    vault.rename("App", "db", "renamed");
    expect(await secrets.resolve("op://App/renamed/username")).toBe("other");
    vault.setState("App", "renamed", "archived");
    expect(await read("op://App/renamed/username")).toContain("no item matched");
    vault.remove("App", "wide");
    expect(await read("op://App/wide/field 1")).toContain("no item matched");
    vault.addVault("New", ["app"]);
    vault.put("New", "item", { field: "value" });
    expect(await secrets.resolve("op://New/item/field")).toBe("value");
    vault.deny("app", "New");
    expect(await read("op://New/item/field")).toContain("no vault matched");
  });
});

describe("the token", () => {
  it("is found by a scan for fake secrets, and is not in the log", async () => {
    const token = vault.tokenOf("app");
    await signIn();
    expect(Buffer.from(token.slice(4), "base64url").toString().includes(CANARY)).toBe(true);
    const log = JSON.stringify(vault.log.requests);
    expect([log.includes(token), log.includes(CANARY)]).toEqual([false, false]);
  });

  it("of another stand-in is not taken", async () => {
    const other = await startOnePassword({ keys: "other" });
    const auth = other.tokenOf("app", vault.url);
    const refused = await says(createClient({ auth, integrationName: "stand-in", integrationVersion: "1" }));
    expect(refused).toBe("authentication error: you are not authenticated");
    await other.stop();
  });
});

it("fails a test that writes", async () => {
  const own = await startOnePassword();
  await fetch(`${own.url}/api/v1/vault/x/items`, { method: "PATCH", body: "{}" });
  await expect(own.stop()).rejects.toThrow("read-only");
});
